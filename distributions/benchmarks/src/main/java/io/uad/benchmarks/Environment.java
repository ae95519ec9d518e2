package io.uad.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Environment variables that natives read when the process starts, so that Java cannot set them for itself: whoever lacks
 * one is started again with it. A value that is there already is kept.
 */
final class Environment {
    private static final Map<String, String> NEEDED = new LinkedHashMap<>();

    private static final String KEPT = "MALLOC_MMAP_THRESHOLD_";
    private static final String OF_ONE = "33554432";
    private static final String OF_SEVERAL = "134217728";

    static {
        NEEDED.put("OMP_WAIT_POLICY", "PASSIVE"); // idle threads of the library sleep
        NEEDED.put("OPT_OUT_TRACKING", "true"); // DJL asks no cloud for its metadata
        // as bin/uad has it: what is small is kept for the next step, what is large gets huge pages of its own
        NEEDED.put("MALLOC_ARENA_MAX", "1");
        NEEDED.put(KEPT, OF_ONE);
        NEEDED.put("MALLOC_TRIM_THRESHOLD_", "17179869184");
        NEEDED.put("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");
    }

    private Environment() {}

    /** Whether nothing is missing. */
    static boolean isComplete(Map<String, String> environment) {
        return environment.keySet().containsAll(NEEDED.keySet());
    }

    /** Takes them away again, for a program that is to run as it would without this one. */
    static void remove(Map<String, String> environment) {
        environment.keySet().removeAll(NEEDED.keySet());
    }

    /** What bin/uad gives to processes that compute in step, unless someone has chosen otherwise. */
    static void ofSeveral(Map<String, String> environment) {
        environment.replace(KEPT, OF_ONE, OF_SEVERAL);
    }

    /** The variables that matter, as one would write them before a command. */
    static String text(Map<String, String> environment) {
        return String.join(
                " ",
                NEEDED.keySet().stream()
                        .map(name -> name + "=" + environment.getOrDefault(name, ""))
                        .toList());
    }

    /**
     * Runs this program in a process that has everything.
     *
     * @return its exit status
     */
    static int runAgain(String[] arguments) {
        var builder = new ProcessBuilder(command(List.of(arguments))).inheritIO();
        NEEDED.forEach(builder.environment()::putIfAbsent);
        try {
            return builder.start().waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("Java cannot be started again", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the benchmark ran", e);
        }
    }

    /** This program with other arguments. */
    static List<String> command(List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Benchmarks.class.getName()));
        command.addAll(arguments);
        return command;
    }
}
