package io.uad.plugin.engine.djl;

import ai.djl.pytorch.jni.LibUtils;
import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Loads PyTorch's natives, once per process, without a download unless the user allows it. */
final class Library {
    private static final String OFFLINE = "ai.djl.offline";

    private Library() {}

    /**
     * The library; the context class loader matters to the first caller only.
     *
     * @throws UadException of kind RESOURCE if there are no natives or another class loader has them
     */
    static synchronized ai.djl.engine.Engine load() {
        System.setProperty("OPT_OUT_TRACKING", "true"); // DJL otherwise asks a cloud metadata address at start
        var thread = Thread.currentThread();
        var loader = thread.getContextClassLoader();
        var decided = System.getenv("DJL_OFFLINE") != null
                || System.getProperty(OFFLINE) != null
                || System.getProperty("offline") != null;
        if (!decided) {
            System.setProperty(OFFLINE, "true"); // DJL otherwise downloads natives that it does not find
        }
        thread.setContextClassLoader(Library.class.getClassLoader());
        try {
            return ai.djl.engine.Engine.getEngine("PyTorch");
        } catch (RuntimeException | LinkageError e) {
            throw failed(e);
        } finally {
            thread.setContextClassLoader(loader);
            if (!decided) {
                System.clearProperty(OFFLINE);
            }
        }
    }

    /** Whether the loaded library knows no GPU at all, so that none can be found. */
    static boolean isCpuBuild() {
        return Files.notExists(Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName("torch_cuda")));
    }

    static UadException failed(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        var reason = Native.reason(cause);
        if (reason.contains("already loaded in another classloader")) {
            return new UadException(
                    ErrorKind.RESOURCE,
                    "PyTorch's native library is in use by another copy of DJL in this process: " + reason,
                    "engine/djl",
                    "one DJL per process, loaded once: a plugin with natives cannot be loaded again or twice",
                    "Restart the program, with DJL either in the plugin folder or on the class path, not both",
                    failure);
        }
        return new UadException(
                ErrorKind.RESOURCE,
                "PyTorch's native library cannot be loaded: " + reason,
                "engine/djl",
                "the natives of this platform (" + System.getProperty("os.name") + ", " + System.getProperty("os.arch")
                        + ") on the class path or in PYTORCH_LIBRARY_PATH",
                "Run 'uad doctor'; build the distribution on the platform it is for, or set DJL_OFFLINE=false to let DJL"
                        + " download them",
                failure);
    }
}
