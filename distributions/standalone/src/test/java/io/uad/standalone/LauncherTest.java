package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code uad} at the top, in sources of its own whose build takes a second. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final List<String> TOOLS =
            List.of("sh", "sed", "head", "find", "dirname", "mkdir", "rmdir", "rm", "touch", "sleep", "chmod", "cat");

    @TempDir
    Path root;

    private Path tools;
    private Path target;

    @BeforeEach
    void sources() throws IOException {
        Files.copy(Path.of("../../uad"), root.resolve("uad"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(root.resolve("pom.xml"), "<version>9</version>\n");
        for (var folder : List.of("uad-api", "uad-runtime", "plugins", "distributions/standalone")) {
            Files.createDirectories(root.resolve(folder));
        }
        target = root.resolve("distributions/standalone/target");
        tools = Files.createDirectory(root.resolve("tools"));
        for (var name : TOOLS) {
            link(name);
        }
        var mvn = Files.writeString(tools.resolve("mvn"), """
                #!/bin/sh
                echo built >>builds
                until [ -e finish ]; do sleep 0.1; done
                mkdir -p distributions/standalone/target/uad-9/bin
                cat >distributions/standalone/target/uad-9/bin/uad <<'END'
                #!/bin/sh
                echo "started $*"
                END
                chmod +x distributions/standalone/target/uad-9/bin/uad
                """);
        assertTrue(mvn.toFile().setExecutable(true));
    }

    /** Which JUnit would warn of otherwise, one by one. */
    @AfterEach
    void removeLinks() throws IOException {
        try (Stream<Path> files = Files.list(tools)) {
            for (var link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    @Test
    void twoStartsBuildOnce() throws Exception {
        link("flock");
        assertTwoStartsBuildOnce();
        assertFalse(start().finish().contains("uilding"), "it is built already");
    }

    @Test
    void withoutFlockTwoStartsBuildOnceToo() throws Exception {
        assertTwoStartsBuildOnce();
        assertFalse(Files.exists(target.resolve("build.lock.d")));
    }

    private void assertTwoStartsBuildOnce() throws Exception {
        var first = start();
        awaitBuild(first);
        var second = start();
        second.awaits("Waiting for another build");
        letBuildsFinish();
        first.finish();
        second.finish();
        assertEquals(List.of("built"), Files.readAllLines(root.resolve("builds")));
    }

    @Test
    void theLockOfAStartThatWasKilledEndsWithItsBuild() throws Exception {
        link("flock");
        var killed = start();
        awaitBuild(killed);
        killed.process().destroyForcibly().waitFor();
        letBuildsFinish();
        start().finish();
    }

    @Test
    void aTargetThatCannotBeWrittenIsSaidAtOnce() throws Exception {
        Files.createDirectory(target);
        assertTrue(target.toFile().setWritable(false));
        assumeFalse(Files.isWritable(target), "root writes everywhere");
        assertTrue(start().finish(5).contains("cannot write to " + target.toRealPath()));
    }

    private record Started(Process process, Path output) {
        String finish() throws Exception {
            return finish(0);
        }

        void awaits(String text) throws Exception {
            while (!Files.readString(output).contains(text)) {
                assertTrue(process.isAlive(), "it has not said '" + text + "'");
                Thread.sleep(10);
            }
        }

        String finish(int exitCode) throws Exception {
            assertTrue(process.waitFor(1, TimeUnit.MINUTES), "still waiting");
            var said = Files.readString(output);
            assertEquals(exitCode, process.exitValue(), said);
            assertEquals(exitCode == 0, said.contains("started"), said);
            return said;
        }
    }

    private Started start() throws IOException {
        var output = Files.createTempFile(root, "start", ".txt");
        var builder = new ProcessBuilder(root.resolve("uad").toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return new Started(builder.start(), output);
    }

    private void letBuildsFinish() throws IOException {
        Files.createFile(root.resolve("finish"));
    }

    private void awaitBuild(Started started) throws InterruptedException {
        while (started.process().isAlive() && !Files.exists(root.resolve("builds"))) {
            Thread.sleep(10);
        }
    }

    private void link(String tool) throws IOException {
        var found = Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), "no " + tool + " here");
        Files.createSymbolicLink(tools.resolve(tool), found.orElseThrow());
    }
}
