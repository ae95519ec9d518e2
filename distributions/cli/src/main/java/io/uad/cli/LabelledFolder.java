package io.uad.cli;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The labelled images of an evaluation: {@code --data}. */
final class LabelledFolder {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description =
                    "Folder with train/ and val/, each with one folder per class, or with packed copies of these: "
                            + "train.uadpack and val.uadpack.")
    private Path folder = Path.of("");

    /**
     * The folder, with its parts {@code train} and {@code val}: folders, or files such as {@code train.npy}
     * and {@code train.uadpack}.
     *
     * @throws UadException of kind DATA if there is no such folder or a part is missing
     */
    Path checked() {
        if (!Files.isDirectory(folder)) {
            throw missing("there is no folder " + folder.toAbsolutePath());
        }
        for (var part : List.of("train", "val")) {
            if (!has(folder, part)) {
                throw missing("there is no " + part + "/ in " + folder.toAbsolutePath());
            }
        }
        return folder;
    }

    private static boolean has(Path folder, String part) {
        try (var entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .anyMatch(name -> name.equals(part) || name.startsWith(part + "."));
        } catch (IOException e) {
            throw new UadException(
                    ErrorKind.DATA,
                    "cannot be listed: " + e.getMessage(),
                    folder.toString(),
                    "",
                    "Permit reading it",
                    e);
        }
    }

    private static UadException missing(String found) {
        return UadException.data(
                found,
                "--data",
                "a folder with train/ and val/, each with one folder per class",
                "Name that folder, or arrange the images as train/CLASS/IMAGE and val/CLASS/IMAGE");
    }
}
