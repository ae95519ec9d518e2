package io.uad.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.runtime.config.ConfigLayer;
import io.uad.runtime.config.ConfigReader;
import io.uad.runtime.config.PresetSource;
import io.uad.runtime.plugin.PluginRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The original's flags with all plugins, since what they mean is a matter of the resolved configuration. */
class OriginalFlagsTest {
    private static final PluginRegistry REGISTRY = PluginRegistry.load(OriginalFlagsTest.class.getClassLoader());

    @ParameterizedTest
    @CsvSource({
        "--arch alexnet, backbone.plugin, alexnet",
        "-a alexnet, backbone.plugin, alexnet",
        "--arch resnet18, backbone.plugin, resnet",
        "--arch resnet18, backbone.depth, 18",
        "--sobel, backbone.sobel, true",
        "--no-sobel, backbone.sobel, false",
        "--clustering Kmeans, clustering.plugin, kmeans",
        "--nmb_cluster 77, clustering.k, 77",
        "--k 77, clustering.k, 77",
        "--lr 0.025, training.learning-rate, 0.025",
        "--wd -5, training.weight-decay, 1.0e-5",
        "--wd=-4, training.weight-decay, 1.0e-4",
        "--wd -3.5, training.weight-decay, 3.1622776601683794e-4",
        "--reassign 3.0, sampling.reassign, 3.0",
        "--workers 4, image.workers, 4",
        "--workers 0, image.workers, 1",
        "--epochs 7, training.epochs, 7",
        "--start_epoch 2, training.start-epoch, 2",
        "--batch 32, training.batch, 32",
        "--momentum 0.5, training.momentum, 0.5",
        "--checkpoints 500, checkpoint.every-iterations, 500",
        "--seed 9, seed, 9",
        "--exp my/run, output, my/run",
    })
    void eachFlagSetsItsOption(String arguments, String option, String expected) {
        assertEquals(expected, value(resolved(arguments.split(" ")), option));
    }

    @Test
    void noFlagChangesNothing() {
        assertTrue(CommandLine.populateCommand(new OriginalFlags()).layers().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"-5, 1e-5", "-4, 1e-4", "0, 1", "2, 100"})
    void wholePowersOfTenAreExact(double power, double expected) {
        assertEquals(expected, Objects.requireNonNull(OriginalFlags.tenTo(power)));
    }

    private static String resolved(String... arguments) {
        var layers = new ArrayList<ConfigLayer>();
        layers.add(ConfigLayer.assignment("DIR", "dataset.path", "photos"));
        layers.addAll(
                CommandLine.populateCommand(new OriginalFlags(), arguments).layers());
        return new ConfigReader(REGISTRY, PresetSource.folder(Path.of("src/main/presets")))
                .read(layers)
                .toYaml();
    }

    /** The value of {@code block.key}, or of a key at the top. */
    private static String value(String yaml, String option) {
        var block = "";
        for (var line : yaml.lines().toList()) {
            var name = line.strip().split(":")[0];
            if (!line.startsWith(" ")) {
                block = name;
            }
            if (option.equals(line.startsWith(" ") ? block + "." + name : name)) {
                return line.substring(line.indexOf(':') + 1).strip();
            }
        }
        throw new AssertionError("no " + option + " in\n" + yaml);
    }
}
