package io.uad.cli;

import io.uad.exchange.CheckpointImport;
import io.uad.exchange.CheckpointImport.Hints;
import io.uad.runtime.checkpoint.CheckpointStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** What {@code --model} and {@code --resume} may name besides our own checkpoints: those of the original program. */
final class Models {
    private static final String[] ENDINGS = {".tar", ".pth", ".pt"};

    private Models() {}

    /**
     * A checkpoint that the runtime reads: the given one, or one made of the original program's, in a temporary folder that
     * goes with the process.
     *
     * @param notices takes what the user should know of it
     * @throws io.uad.api.UadException of kind DATA if it looks like one of the original program and cannot be read
     */
    static Path readable(Path model, Environment environment, Consumer<String> notices) {
        if (!CheckpointImport.reads(model)) {
            return model;
        }
        var result = new CheckpointImport(environment.registry(), environment.reader()).read(model, Hints.NONE);
        result.notices().forEach(notices);
        try {
            var folder = Files.createTempDirectory("uad-model");
            var file = folder.resolve(stem(model) + ".safetensors");
            folder.toFile().deleteOnExit(); // in reverse order, so after its files
            file.toFile().deleteOnExit();
            folder.resolve(stem(model) + ".json").toFile().deleteOnExit();
            CheckpointStore.write(file, result.checkpoint());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file's name without the endings that PyTorch's users give it. */
    static String stem(Path model) {
        var name = String.valueOf(model.getFileName());
        for (var ending : ENDINGS) {
            if (name.endsWith(ending) && name.length() > ending.length()) {
                name = name.substring(0, name.length() - ending.length());
            }
        }
        return name;
    }
}
