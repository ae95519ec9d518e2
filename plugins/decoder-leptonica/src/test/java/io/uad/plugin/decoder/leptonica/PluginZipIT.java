package io.uad.plugin.decoder.leptonica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What the download holds. */
class PluginZipIT {
    private static ZipFile zip() throws IOException {
        return new ZipFile(System.getProperty("uad.plugin.zip"));
    }

    @Test
    void thePropertiesDescribeThePlugin() throws IOException {
        try (var zip = zip()) {
            var properties = new Properties();
            try (var in = zip.getInputStream(zip.getEntry("plugin.properties"))) {
                properties.load(in);
            }
            assertEquals("decoder-leptonica", properties.getProperty("plugin.id"));
            assertEquals("Apache-2.0", properties.getProperty("plugin.license"));
            assertEquals(">=0.1.0 & <1.0.0", properties.getProperty("plugin.requires"));
            assertNotNull(zip.getEntry("classes/META-INF/services/io.uad.api.image.DecoderProvider"));
            assertNotNull(zip.getEntry("README.md"));
        }
    }

    @Test
    void theLibrariesAreLeptonicaAndOnePlatformsNativesWithoutTheHosts() throws IOException {
        try (var zip = zip()) {
            var libraries = zip.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith("lib/") && name.endsWith(".jar"))
                    .map(name -> name.substring(4))
                    .collect(Collectors.toSet());
            assertEquals(
                    Set.of(
                            "leptonica-1.85.0-1.5.12.jar",
                            "leptonica-1.85.0-1.5.12-linux-x86_64.jar",
                            "javacpp-1.5.12.jar",
                            "javacpp-1.5.12-linux-x86_64.jar"),
                    libraries);
        }
    }
}
