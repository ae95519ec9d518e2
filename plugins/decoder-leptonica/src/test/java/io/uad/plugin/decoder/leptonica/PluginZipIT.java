package io.uad.plugin.decoder.leptonica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.testkit.plugin.PluginZip;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the download holds. */
class PluginZipIT {
    @Test
    void thePropertiesDescribeThePlugin() throws IOException {
        var properties = PluginZip.built().properties();
        assertEquals("decoder-leptonica", properties.getProperty("plugin.id"));
        assertEquals("Apache-2.0", properties.getProperty("plugin.license"));
        assertEquals(">=0.1.0 & <1.0.0", properties.getProperty("plugin.requires"));
        assertTrue(PluginZip.built().has("classes/META-INF/services/io.uad.api.image.DecoderProvider"));
        assertTrue(PluginZip.built().has("README.md"));
    }

    @Test
    void theLibrariesAreLeptonicaAndOnePlatformsNativesWithoutTheHosts() throws IOException {
        assertEquals(
                Set.of("leptonica", "leptonica-linux-x86_64", "javacpp", "javacpp-linux-x86_64"),
                PluginZip.built().libraries());
    }
}
