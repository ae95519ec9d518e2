package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code bin/uad} with a Java that only writes down how it was called. */
@DisabledOnOs(OS.WINDOWS)
class StartScriptTest {
    @TempDir
    Path root;

    private Path home;
    private Path calls;

    @BeforeEach
    void distribution() throws IOException {
        home = root.resolve("a home"); // with a space
        for (var folder : List.of("bin", "lib", "natives")) {
            Files.createDirectories(home.resolve(folder));
        }
        var script =
                Files.copy(Path.of("src/main/bin/uad"), home.resolve("bin/uad"), StandardCopyOption.COPY_ATTRIBUTES);
        assertTrue(script.toFile().setExecutable(true));
        calls = root.resolve("calls");
        java("""
                #!/bin/sh
                echo "$*" >>"$CALLS"
                for argument; do
                  case $argument in
                    -XX:DumpLoadedClassList=*) echo classes >"${argument#*=}" ;;
                    -XX:SharedArchiveFile=*) case $* in *-Xshare:dump*) echo archive >"${argument#*=}" ;; esac ;;
                  esac
                done
                """);
    }

    @Test
    void theFirstStartMakesTheArchiveAndTheNextUsesIt() throws Exception {
        start(Map.of(), "train");
        assertEquals(5, calls().size(), calls()::toString); // three lists, the archive, the command
        start(Map.of(), "train");
        assertEquals(6, calls().size(), calls()::toString);
        assertTrue(calls().get(5).contains("-XX:SharedArchiveFile=" + home.resolve("cds")), calls()::toString);
        try (var files = Files.walk(home.resolve("cds"))) {
            assertEquals(1, files.filter(Files::isRegularFile).count(), "nothing but the archive stays");
        }
    }

    @Test
    void aJavaThatMakesNoArchiveIsNotAskedAgainAndStartsAllTheSame() throws Exception {
        java("""
                #!/bin/sh
                echo "$*" >>"$CALLS"
                case $* in *DumpLoadedClassList*) exit 1 ;; esac
                """);
        start(Map.of(), "train");
        start(Map.of(), "train");
        var asked = calls().stream().filter(call -> call.contains("DumpLoadedClassList"));
        assertEquals(1, asked.count(), calls()::toString);
        assertFalse(calls().get(calls().size() - 1).contains("SharedArchiveFile"), calls()::toString);
    }

    @Test
    void thereIsNoArchiveWhereNoneIsWanted() throws Exception {
        start(Map.of("UAD_CDS", "off"), "train");
        assertEquals(1, calls().size(), calls()::toString);
        assertFalse(Files.exists(home.resolve("cds")));
    }

    @Test
    void onlyCommandsThatReadAndPrintStayWithTheFirstCompiler() throws Exception {
        assertEquals(List.of(true, true, true, true), quick("--help", "plugins list", "config init", "train --help"));
        assertEquals(
                List.of(false, false, false, false),
                quick("train x", "--verbose train x", "--plugins p train x", "plugins verify x"));
    }

    @Test
    void theUsersOwnHeapAndAllocatorAreLeftAlone() throws Exception {
        start(Map.of("UAD_CDS", "off", "UAD_OPTS", "-Xmx300m"), "train");
        assertFalse(calls().get(0).contains("-Xmn"), calls()::toString);
        assertTrue(calls().get(0).contains("-Xmx300m"), calls()::toString);
        assumeTrue(
                ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize() > 4L << 30);
        start(Map.of("UAD_CDS", "off"), "train");
        assertTrue(calls().get(1).contains("-Xmn256m"), calls()::toString);
    }

    /** Where there are huge pages; elsewhere none have any. */
    @Test
    void processesThatComputeInStepKeepLargerArraysThanOneAlone() throws Exception {
        java("""
                #!/bin/sh
                echo "$MALLOC_MMAP_THRESHOLD_" >>"$CALLS"
                """);
        var quiet = Map.of("UAD_CDS", "off");
        start(quiet, "train", "photos");
        start(quiet, "train", "photos", "--processes", "2");
        start(quiet, "train", "photos", "--processes=2");
        start(Map.of("UAD_CDS", "off", "MALLOC_MMAP_THRESHOLD_", "5"), "train", "photos", "--processes=2");
        assertEquals("5", calls().get(3));
        assumeTrue(calls().get(0).equals("33554432"), "arrays have no huge pages here");
        assertEquals(List.of("134217728", "134217728"), calls().subList(1, 3));
    }

    private List<Boolean> quick(String... commands) throws Exception {
        for (var command : commands) {
            start(Map.of("UAD_CDS", "off"), command.split(" "));
        }
        return calls().stream()
                .skip(calls().size() - commands.length)
                .map(call -> call.contains("-XX:TieredStopAtLevel=1"))
                .toList();
    }

    private void java(String script) throws IOException {
        var java = root.resolve("jdk/bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, script);
        assertTrue(java.toFile().setExecutable(true));
        Files.setLastModifiedTime(java, FileTime.fromMillis(0));
        for (var folder : List.of("lib", "natives")) {
            Files.setLastModifiedTime(home.resolve(folder), FileTime.fromMillis(0));
        }
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(calls);
    }

    private void start(Map<String, String> more, String... arguments) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(home.resolve("bin/uad").toString()).redirectErrorStream(true);
        builder.command().addAll(List.of(arguments));
        var environment = new HashMap<>(more);
        environment.put("JAVA_HOME", root.resolve("jdk").toString());
        environment.put("UAD_HOME", root.resolve("user").toString());
        environment.put("CALLS", calls.toString());
        builder.environment().remove("UAD_OPTS");
        List.of("UAD_CDS", "MALLOC_MMAP_THRESHOLD_", "GLIBC_TUNABLES").forEach(builder.environment()::remove);
        builder.environment().putAll(environment);
        builder.redirectOutput(root.resolve("out").toFile());
        var process = builder.start();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), Files.readString(root.resolve("out")));
    }
}
