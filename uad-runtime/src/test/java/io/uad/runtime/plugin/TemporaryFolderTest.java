package io.uad.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TemporaryFolderTest {
    @TempDir
    Path parent;

    /** Another process that works in a folder until it is told to end. */
    static final class Worker {
        private Worker() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] arguments) throws Exception {
            var folder = TemporaryFolder.in(Path.of(arguments[0]), ".work");
            System.out.println(folder.path());
            Thread.sleep(Duration.ofMinutes(2).toMillis());
        }
    }

    @Test
    void itGoesWhenItIsClosed() throws IOException {
        Path path;
        try (var folder = TemporaryFolder.in(parent, ".work")) {
            path = folder.path();
            Files.writeString(path.resolve("file"), "content");
        }
        assertFalse(Files.exists(path));
    }

    @Test
    void whatIsLeftBehindIsRemovedAndWhatIsInUseStays() throws IOException {
        var left = Files.createDirectory(parent.resolve(".work-left"));
        Files.createFile(left.resolve("lock"));
        var old = Files.createDirectory(parent.resolve(".work-old"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        var young = Files.createDirectory(parent.resolve(".work-young"));
        var other = Files.createDirectory(parent.resolve("plugin"));
        try (var used = TemporaryFolder.in(parent, ".work");
                var another = TemporaryFolder.in(parent, ".work")) {
            assertFalse(Files.exists(left));
            assertFalse(Files.exists(old));
            for (var stays : List.of(young, other, used.path(), another.path())) {
                assertTrue(Files.exists(stays), stays::toString);
            }
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // which cannot tell a process to end
    void anotherProcessKeepsItsOwnUntilItIsToldToEndOrKilled() throws Exception {
        var worker = worker();
        var folder = folderOf(worker);
        TemporaryFolder.in(parent, ".work").close();
        assertTrue(Files.exists(folder));
        worker.destroy();
        worker.waitFor();
        assertFalse(Files.exists(folder));

        worker = worker();
        folder = folderOf(worker);
        worker.destroyForcibly().waitFor();
        assertTrue(Files.exists(folder));
        TemporaryFolder.in(parent, ".work").close();
        assertFalse(Files.exists(folder));
    }

    private Process worker() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Worker.class.getName(),
                        parent.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private Path folderOf(Process worker) throws IOException {
        var said =
                new BufferedReader(new InputStreamReader(worker.getInputStream(), StandardCharsets.UTF_8)).readLine();
        var folder = Path.of(String.valueOf(said));
        assertEquals(parent.toAbsolutePath(), folder.getParent());
        return folder;
    }
}
