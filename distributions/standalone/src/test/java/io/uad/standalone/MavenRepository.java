package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The user's local repository with what this build would install in it, in a place of its own: the rest of it by links, so
 * that nothing of the build stays in the user's.
 */
final class MavenRepository implements AutoCloseable {
    private static final Path SOURCES = Path.of("../..");
    private static final String VERSION =
            Distribution.HOME.getFileName().toString().replaceFirst("uad-", "");

    private final Path folder;
    private final Path own;

    /** @param folder to be made */
    MavenRepository(Path folder) throws IOException {
        this.folder = Files.createDirectory(folder);
        var users = Path.of(System.getProperty("maven.repo"));
        link(users, folder, "io");
        var io = Files.createDirectory(folder.resolve("io"));
        link(users.resolve("io"), io, "uad");
        own = Files.createDirectory(io.resolve("uad"));
    }

    private static void link(Path from, Path to, String without) throws IOException {
        try (var files = Files.list(from)) {
            for (var file : files.toList()) {
                if (!file.endsWith(without)) {
                    Files.createSymbolicLink(to.resolve(file.getFileName()), file);
                }
            }
        }
    }

    /** Puts in what a module of this build has made: its {@code pom.xml}, and its jar if there is one. */
    MavenRepository install(String module, String artifact) throws IOException {
        var target = Files.createDirectories(own.resolve(artifact).resolve(VERSION));
        var name = artifact + "-" + VERSION;
        Files.copy(SOURCES.resolve(module).resolve("pom.xml"), target.resolve(name + ".pom"));
        var jar = SOURCES.resolve(module).resolve("target/" + name + ".jar");
        if (Files.exists(jar)) {
            Files.copy(jar, target.resolve(name + ".jar"));
        }
        return this;
    }

    /** Runs Maven on this repository and expects that it succeeds. */
    void maven(Path in, String... arguments) throws IOException {
        var maven = Path.of(System.getProperty("maven.home"), "bin", "mvn").toString();
        var command = new ArrayList<>(List.of(maven, "-B", "-ntp", "-Dmaven.repo.local=" + folder));
        command.addAll(List.of(arguments));
        var log = Files.createTempFile("maven", ".log");
        var builder = new ProcessBuilder(command)
                .directory(in.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // It runs for seconds only.
        builder.environment().merge("MAVEN_OPTS", "-XX:TieredStopAtLevel=1", (old, more) -> old + " " + more);
        try {
            var process = builder.start();
            var ended = process.waitFor(5, TimeUnit.MINUTES);
            process.destroyForcibly();
            assertTrue(ended, "still running: " + Files.readString(log));
            assertEquals(0, process.exitValue(), Files.readString(log));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            Files.delete(log);
        }
    }

    static String version() {
        return VERSION;
    }

    /** Removes the links, which belong to nobody's temporary folder. */
    @Override
    public void close() throws IOException {
        for (var place : List.of(folder, folder.resolve("io"))) {
            try (var files = Files.list(place)) {
                for (var link : files.filter(Files::isSymbolicLink).toList()) {
                    Files.delete(link);
                }
            }
        }
    }
}
