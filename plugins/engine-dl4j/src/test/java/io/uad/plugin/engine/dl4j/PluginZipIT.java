package io.uad.plugin.engine.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.uad.testkit.plugin.IsolatedEngine;
import io.uad.testkit.plugin.PluginZip;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** What the download holds, and that it works with nothing but the API around it. */
class PluginZipIT {
    @TempDir
    private Path folder;

    @Test
    void thePropertiesDescribeThePlugin() throws IOException {
        var properties = PluginZip.built().properties();
        assertEquals("engine-dl4j", properties.getProperty("plugin.id"));
        assertEquals("io.uad", properties.getProperty("plugin.provider"));
        assertEquals("Apache-2.0", properties.getProperty("plugin.license"));
        assertEquals(">=0.1.0 & <1.0.0", properties.getProperty("plugin.requires"));
        assertTrue(PluginZip.built().has("classes/META-INF/services/io.uad.api.engine.EngineProvider"));
        assertTrue(PluginZip.built().has("README.md"));
    }

    @Test
    void theLibrariesAreNd4jAndOnePlatformsNativesWithoutTheHosts() throws IOException {
        assertEquals(
                Set.of(
                        "engine-common",
                        "nd4j-api",
                        "nd4j-common",
                        "nd4j-native-api",
                        "nd4j-native",
                        "nd4j-native-linux-x86_64-onednn-avx2",
                        "nd4j-native-preset",
                        "nd4j-presets-common",
                        "guava",
                        "javacpp",
                        "javacpp-linux-x86_64",
                        "openblas",
                        "openblas-linux-x86_64",
                        "commons-lang3",
                        "commons-math3",
                        "commons-io"),
                PluginZip.built().libraries());
    }

    @Test
    void anIsolatedClassLoaderOpensTheEngine() throws Exception {
        PluginZip.built().unpack(folder);
        assertEquals(IsolatedEngine.PRODUCT, IsolatedEngine.run(folder, Logger.class));
    }
}
