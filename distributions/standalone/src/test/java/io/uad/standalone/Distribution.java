package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folder that the build has put together, and Java programs that run on its jars. */
final class Distribution {
    static final Path HOME = Path.of(System.getProperty("uad.home", "target/uad"));

    private static final Path TESTS = Path.of("target/test-classes");
    private static final String PLUGIN_MODULES = "io.uad.plugin.";
    /** The second one is the engines', which require nothing from where they are. */
    private static final String ROOT_MODULES = "io.uad.runtime,org.slf4j";

    private static final String ENGINE_MODULES = "io.uad.plugin.engine.";

    private Distribution() {}

    /** The jars of a folder of the distribution and the folders in it. */
    static List<Path> jars(String folder) {
        try (Stream<Path> files = Files.walk(HOME.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the package phase makes it", e);
        }
    }

    /** The plugins' own jars. */
    static List<Path> plugins() {
        return jars("plugins").stream()
                .filter(jar -> descriptor(jar).name().startsWith(PLUGIN_MODULES))
                .toList();
    }

    /** Runs a main class of these tests with every jar on the class path; returns the lines it prints. */
    static List<String> onTheClassPath(Class<?> main, String... arguments) {
        return onTheClassPath(List.of(), main.getName(), arguments);
    }

    /** The same with any main class, and more jars or folders of classes. */
    static List<String> onTheClassPath(List<Path> more, String main, String... arguments) {
        var path = new ArrayList<>(more);
        path.add(TESTS);
        for (var folder : List.of("lib", "plugins", "natives")) {
            path.addAll(jars(folder));
        }
        return run(List.of("-cp", joined(path), main), arguments);
    }

    /** As {@link #onTheClassPath}, with all but the engines, and what only they need, on the module path. */
    static List<String> onTheModulePath(Class<?> main, String... arguments) {
        return onTheModulePath(List.of(), main.getName(), arguments);
    }

    /** The same with any main class, {@code module/class} for one in a module, and more modules. */
    static List<String> onTheModulePath(List<Path> more, String main, String... arguments) {
        var modules = new ArrayList<>(jars("lib"));
        modules.addAll(modularPlugins());
        var path = new ArrayList<>(jars("plugins"));
        path.removeAll(modules);
        path.add(TESTS);
        path.addAll(jars("natives"));
        modules.addAll(more);
        var command = new ArrayList<>(List.of("--module-path", joined(modules), "--add-modules", ROOT_MODULES));
        command.addAll(List.of("-cp", joined(path)));
        if (main.contains("/")) {
            command.add("-m");
        }
        command.add(main);
        return run(command, arguments);
    }

    /** The module that a jar is. */
    static ModuleDescriptor descriptor(Path jar) {
        return ModuleFinder.of(jar).findAll().iterator().next().descriptor();
    }

    /** The jars of all plugins but the engines, and of the modules that they say they require. */
    private static Set<Path> modularPlugins() {
        var here = jars("plugins");
        var found = new LinkedHashSet<Path>();
        var waiting = new ArrayDeque<>(plugins());
        waiting.removeIf(jar -> descriptor(jar).name().startsWith(ENGINE_MODULES));
        while (!waiting.isEmpty()) {
            var jar = waiting.remove();
            if (found.add(jar)) {
                var required = descriptor(jar).requires().stream()
                        .map(ModuleDescriptor.Requires::name)
                        .toList();
                here.stream()
                        .filter(other -> required.contains(descriptor(other).name()))
                        .forEach(waiting::add);
            }
        }
        return found;
    }

    private static List<String> run(List<String> pathsAndMain, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx2g", Uad.COMPILER, "-Djava.awt.headless=true", "-Duad.home=" + HOME));
        command.addAll(pathsAndMain);
        command.addAll(List.of(arguments));
        try {
            var out = Files.createTempFile("uad", ".out");
            var err = Files.createTempFile("uad", ".err");
            var builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().put("OPT_OUT_TRACKING", "true");
            builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
            var process = builder.start();
            var ended = process.waitFor(3, TimeUnit.MINUTES);
            process.destroyForcibly();
            var errors = Files.readString(err);
            assertTrue(ended, "still running: " + errors);
            assertEquals(0, process.exitValue(), errors);
            var lines = Files.readAllLines(out);
            Files.delete(out);
            Files.delete(err);
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String joined(Collection<Path> jars) {
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
