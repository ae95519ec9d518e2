package io.uad.runtime.inference;

import io.uad.api.UadException;
import io.uad.runtime.checkpoint.AtomicFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Results that a user named a file for. */
final class OutputFile {
    private static final int BUFFER = 1 << 18;

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

    /** Makes the text of a file. */
    @FunctionalInterface
    interface Text {
        void writeTo(Writer out) throws IOException;
    }

    /**
     * Replaces a file by a text in UTF-8, gzipped if its name ends in {@code .gz}.
     *
     * @throws UadException of kind RESOURCE if it cannot be written
     */
    static void write(Path file, Text content) {
        AtomicFile.write(file, 0, out -> {
            if (!endsWith(file, ".gz")) {
                write(out, content);
                return;
            }
            var zip = new GZIPOutputStream(out, BUFFER);
            write(zip, content);
            zip.finish();
        });
    }

    private static void write(OutputStream out, Text content) throws IOException {
        var text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER);
        content.writeTo(text);
        text.flush();
    }
}
