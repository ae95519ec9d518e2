package io.uad.plugin.engine.djl.natives;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;

/**
 * Another Java process, in which DJL fetches natives and loads them: what crashes there does no harm here, and the CPU
 * natives, which are not on its class path, cannot come first.
 *
 * @param main the class with the program; it writes how it went into the file that is its only argument
 * @param folder where it works
 */
public record ChildJvm(Class<?> main, Path folder) {
    /** What its program writes if all went well. */
    public static final String WELL = "well";

    /** What it writes if all went well, and there was no GPU to try. */
    public static final String WELL_ON_CPU = "PyTorch sees no GPU that it can use";

    private static final long LOOK_MILLIS = 500;
    private static final List<String> NETWORK = List.of("http.", "https.", "socksProxy", "java.net.", "javax.net.ssl.");

    /** What is done while one waits; may throw. */
    @FunctionalInterface
    interface Watch {
        /** Every half a second. */
        void look() throws IOException;
    }

    /**
     * Runs it to its end.
     *
     * @param environment variables to set; an empty value removes one
     * @return {@link #WELL}, {@link #WELL_ON_CPU}, or what went wrong
     */
    String run(Map<String, String> environment, Watch watch) throws IOException {
        var said = folder.resolve("said.txt");
        var output = folder.resolve("output.txt");
        var builder = new ProcessBuilder(command(said, environment.getOrDefault("PYTORCH_LIBRARY_PATH", "")))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        var process = builder.start();
        try {
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                watch.look();
            }
            watch.look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } finally {
            process.destroyForcibly().onExit().join(); // it writes where its starter is about to delete
        }
        if (process.exitValue() == 130 || process.exitValue() == 143) { // a terminal interrupts both
            throw new CancellationException("interrupted");
        }
        return Files.exists(said) ? Files.readString(said) : crashed(process.exitValue(), output);
    }

    /** The linker's last words, if it had any. */
    private static String crashed(int exitCode, Path output) throws IOException {
        try (var lines = Files.lines(output, StandardCharsets.ISO_8859_1)) {
            return "the process that tried them ended with exit code " + exitCode
                    + lines.filter(line -> line.toLowerCase(Locale.ROOT).contains("error"))
                            .findFirst()
                            .map(line -> " (" + line.strip() + ")")
                            .orElse("");
        }
    }

    /** @param libraries where DJL is to find CUDA's runtime, too, by which it counts GPUs; empty for nowhere in particular */
    private List<String> command(Path said, String libraries) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx1g", "-Djava.awt.headless=true"));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> NETWORK.stream().anyMatch(name::startsWith) && !name.endsWith("assword"))
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        if (!libraries.isEmpty()) {
            command.add("-Djna.library.path=" + libraries);
        }
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath()), main.getName(), said.toString()));
        return command;
    }

    /** What this class is loaded from and with, but for natives. */
    private static List<String> classPath() {
        var entries = new ArrayList<String>();
        if (ChildJvm.class.getClassLoader() instanceof URLClassLoader loader) {
            for (var url : loader.getURLs()) {
                entries.add(Path.of(URI.create(url.toString())).toString());
            }
        }
        entries.addAll(List.of(System.getProperty("java.class.path").split(File.pathSeparator)));
        return entries.stream()
                .filter(entry -> !entry.isBlank())
                .map(entry -> Path.of(entry).toAbsolutePath()) // it works in another folder
                .filter(entry -> !hasNatives(entry))
                .map(Path::toString)
                .toList();
    }

    private static boolean hasNatives(Path entry) {
        if (!Files.isRegularFile(entry)) {
            return false;
        }
        try (var jar = new ZipFile(entry.toFile())) {
            return jar.getEntry("native/lib/pytorch.properties") != null;
        } catch (IOException e) {
            return false;
        }
    }
}
