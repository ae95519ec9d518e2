package io.uad.plugin.clustering.smile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What the download holds. */
class PluginZipIT {
    private static final String SERVICES = "classes/META-INF/services/io.uad.api.clustering.ClusteringProvider";

    @Test
    void thePropertiesDescribeThePluginAndItsLicences() throws IOException {
        try (var zip = new ZipFile(System.getProperty("uad.plugin.zip"))) {
            var properties = new Properties();
            try (var in = zip.getInputStream(zip.getEntry("plugin.properties"))) {
                properties.load(in);
            }
            assertEquals("clustering-smile", properties.getProperty("plugin.id"));
            assertTrue(properties.getProperty("plugin.version").matches("\\d+\\.\\d+\\.\\d+.*"), properties::toString);
            assertTrue(properties.getProperty("plugin.description").contains("Smile"), properties::toString);
            assertEquals("io.uad", properties.getProperty("plugin.provider"));
            assertEquals("Apache-2.0", properties.getProperty("plugin.license"));
            assertTrue(properties.getProperty("plugin.library-licenses").contains("smile LGPL-3.0"));
            assertEquals(">=0.1.0 & <1.0.0", properties.getProperty("plugin.requires"));
        }
    }

    @Test
    void theLibrariesAreSmileAndLapackWithoutTheHosts() throws IOException {
        try (var zip = new ZipFile(System.getProperty("uad.plugin.zip"))) {
            var libraries = zip.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith("lib/") && name.endsWith(".jar"))
                    .map(name -> name.substring(4).replaceFirst("-\\d.*", ""))
                    .collect(Collectors.toSet());
            assertEquals(
                    Set.of("smile-core", "smile-math", "smile-data", "smile-graph", "lapack", "arpack_combined_all"),
                    libraries);
        }
    }

    @Test
    void classesAndLicenceTextsAreThere() throws IOException {
        try (var zip = new ZipFile(System.getProperty("uad.plugin.zip"))) {
            assertNotNull(zip.getEntry(SERVICES));
            assertNotNull(
                    zip.getEntry("classes/" + XMeansProvider.class.getName().replace('.', '/') + ".class"));
            assertNotNull(zip.getEntry("licenses/LGPL-3.0.txt"));
            assertNotNull(zip.getEntry("licenses/GPL-3.0.txt"));
            assertNotNull(zip.getEntry("README.md"));
        }
    }
}
