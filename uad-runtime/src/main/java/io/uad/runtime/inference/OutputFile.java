package io.uad.runtime.inference;

import io.uad.api.UadException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Results that a user named a file for. */
final class OutputFile {
    private OutputFile() {}

    /** @throws UadException of kind CONFIG if the file exists and may not be replaced */
    static void check(Path file, boolean overwrite) {
        if (Files.isDirectory(file)) {
            throw UadException.config("it is a folder", file.toString(), "a file", "Name a file in it");
        }
        if (Files.exists(file) && !overwrite) {
            throw UadException.config(
                    "the file exists",
                    file.toString(),
                    "a new file",
                    "Choose another name with -o, or replace it by --overwrite");
        }
    }

    /** Whether the name ends so, in small letters or capitals. */
    static boolean endsWith(Path file, String ending) {
        var name = file.getFileName();
        return name != null && name.toString().toLowerCase(Locale.ROOT).endsWith(ending);
    }
}
