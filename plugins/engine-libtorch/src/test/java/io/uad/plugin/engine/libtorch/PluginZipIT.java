package io.uad.plugin.engine.libtorch;

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
        assertEquals("engine-libtorch", properties.getProperty("plugin.id"));
        assertEquals("io.uad", properties.getProperty("plugin.provider"));
        assertEquals("Apache-2.0", properties.getProperty("plugin.license"));
        assertEquals(">=0.1.0 & <1.0.0", properties.getProperty("plugin.requires"));
        assertTrue(PluginZip.built().has("classes/META-INF/services/io.uad.api.engine.EngineProvider"));
        assertTrue(PluginZip.built().has("README.md"));
    }

    @Test
    void theLibrariesArePyTorchAndOnePlatformsNativesWithoutTheHosts() throws IOException {
        assertEquals(
                Set.of(
                        "engine-common",
                        "cuda",
                        "pytorch",
                        "pytorch-linux-x86_64",
                        "javacpp",
                        "javacpp-linux-x86_64",
                        "openblas",
                        "openblas-linux-x86_64"),
                PluginZip.built().libraries());
    }

    @Test
    void anIsolatedClassLoaderOpensTheEngine() throws Exception {
        PluginZip.built().unpack(folder);
        assertEquals(IsolatedEngine.PRODUCT, IsolatedEngine.run(folder, Logger.class));
    }
}
