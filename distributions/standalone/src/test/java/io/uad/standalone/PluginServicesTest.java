package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.runtime.plugin.Stage;
import java.io.File;
import java.io.IOException;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A plugin is found by its module's descriptor on the module path, and by its service files on the class path. */
class PluginServicesTest {
    private static final String SERVICES = "META-INF/services/";

    static Stream<Named<ModuleReference>> plugins() {
        var classPath = System.getProperty("java.class.path").split(File.pathSeparator);
        return Arrays.stream(classPath)
                .map(Path::of)
                .filter(Files::exists)
                .flatMap(PluginServicesTest::modules)
                .filter(module -> module.descriptor().name().startsWith("io.uad.plugin."))
                .map(module -> Named.of(module.descriptor().name(), module));
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void theModuleAndTheServiceFilesNameTheSameProviders(ModuleReference plugin) throws IOException {
        var provided = new TreeMap<String, Set<String>>();
        for (var provides : plugin.descriptor().provides()) {
            provided.put(provides.service(), new TreeSet<>(provides.providers()));
        }
        assertFalse(provided.isEmpty());
        assertEquals(provided, serviceFiles(plugin));
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void thePackageOfEachProviderIsExported(ModuleReference plugin) {
        var exported = plugin.descriptor().exports().stream()
                .filter(exports -> !exports.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
        for (var provides : plugin.descriptor().provides()) {
            for (var provider : provides.providers()) {
                assertTrue(exported.contains(provider.substring(0, provider.lastIndexOf('.'))), provider);
            }
        }
    }

    @Test
    void everyPluginOfTheBuildIsInTheDistribution() throws IOException {
        var stages = Arrays.stream(Stage.values()).map(Stage::key).toList();
        try (var folders = Files.list(Path.of("../../plugins"))) {
            var built = folders.filter(folder -> Files.isRegularFile(folder.resolve("src/main/java/module-info.java")))
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> stages.contains(name.split("-")[0]) && !name.equals("engine-common")) // no plugin
                    .map(name -> "io.uad.plugin." + name.replaceFirst("-", ".").replace("-", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(built, plugins().map(Named::getName).collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    private static Stream<ModuleReference> modules(Path entry) {
        try {
            return ModuleFinder.of(entry).findAll().stream();
        } catch (FindException e) {
            return Stream.empty(); // native jars have names that no module may have
        }
    }

    private static Map<String, Set<String>> serviceFiles(ModuleReference plugin) throws IOException {
        var services = new TreeMap<String, Set<String>>();
        try (var reader = plugin.open()) {
            for (var file :
                    reader.list().filter(name -> name.matches(SERVICES + ".+")).toList()) {
                try (var in = reader.open(file).orElseThrow()) {
                    var lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
                    var providers = lines.map(
                                    line -> line.replaceFirst("#.*", "").strip())
                            .filter(line -> !line.isEmpty())
                            .collect(Collectors.toCollection(TreeSet::new));
                    services.put(file.substring(SERVICES.length()), providers);
                }
            }
        }
        return services;
    }
}
