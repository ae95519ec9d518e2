package io.uad.standalone;

import io.uad.runtime.UadRun;
import io.uad.runtime.checkpoint.RunFolder;
import io.uad.runtime.config.ConfigLayer;
import io.uad.runtime.config.ConfigReader;
import io.uad.runtime.config.PresetSource;
import io.uad.runtime.plugin.PluginRegistry;
import java.nio.file.Path;
import java.util.List;

/** A program that embeds UAD: runs a configuration, then goes on with the run that is done. */
final class TrainBriefly {
    private TrainBriefly() {}

    public static void main(String[] args) {
        var registry = PluginRegistry.load(TrainBriefly.class.getClassLoader());
        var layer = ConfigLayer.file(Path.of(args[0]));
        var config = new ConfigReader(registry, PresetSource.installed()).read(List.of(layer));
        var done = UadRun.of(config).execute(RunFolder.Mode.FRESH, null, false);
        var again = UadRun.of(config).execute(RunFolder.Mode.RESUME, null, false);
        System.out.println(UadRun.class.getModule().getName() + " " + done.epochs() + " " + again.epochs());
    }
}
