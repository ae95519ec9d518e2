package io.uad.plugin.engine.djl;

import ai.djl.pytorch.jni.LibUtils;
import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.api.engine.NativeLibraries;
import io.uad.plugin.engine.common.LibraryFailures;
import io.uad.plugin.engine.djl.natives.NativesChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Loads PyTorch's natives, once per process, without a download unless the user allows it. */
final class Library {
    private static final String OFFLINE = "ai.djl.offline";

    private static @Nullable Loaded loaded;

    private Library() {}

    /**
     * What this process computes with from now on.
     *
     * @param engine DJL's
     * @param reason why it knows no GPU, if that was certain before it was loaded; else empty
     */
    record Loaded(ai.djl.engine.Engine engine, String reason) {}

    /**
     * The library; the context class loader and the device matter to the first caller only.
     *
     * @param device as in the options
     * @throws UadException of kind RESOURCE if there are no natives or another class loader or engine has them
     */
    static synchronized Loaded load(String device) {
        if (loaded == null) {
            NativeLibraries.claim("libtorch", Native.ENGINE);
            System.setProperty("OPT_OUT_TRACKING", "true"); // DJL otherwise asks a cloud metadata address at start
            var choice = NativesChoice.of(device);
            loaded = new Loaded(load(choice), choice.reason());
        }
        return loaded;
    }

    private static ai.djl.engine.Engine load(NativesChoice choice) {
        var thread = Thread.currentThread();
        var loader = thread.getContextClassLoader();
        var set = new ArrayList<>(choice.properties().keySet());
        choice.properties().forEach(System::setProperty);
        var decided = System.getenv("DJL_OFFLINE") != null
                || System.getProperty(OFFLINE) != null
                || System.getProperty("offline") != null;
        if (!decided) {
            System.setProperty(OFFLINE, "true"); // DJL otherwise downloads natives that it does not find
            set.add(OFFLINE);
        }
        thread.setContextClassLoader(Library.class.getClassLoader());
        try {
            var engine = ai.djl.engine.Engine.getEngine("PyTorch");
            engine.getGpuCount(); // looks for CUDA's runtime while the properties say where it lies
            return engine;
        } catch (RuntimeException | LinkageError e) {
            throw failed(e, choice);
        } finally {
            thread.setContextClassLoader(loader);
            set.forEach(System::clearProperty);
        }
    }

    /** Whether the loaded library knows no GPU at all, so that none can be found. */
    static boolean isCpuBuild() {
        return Files.notExists(Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName("torch_cuda")));
    }

    static UadException failed(Throwable failure, NativesChoice choice) {
        var reason = LibraryFailures.reason(failure);
        if (reason.contains("already loaded in another classloader")) {
            return new UadException(
                    ErrorKind.RESOURCE,
                    "PyTorch's native library is in use by another copy of DJL in this process: " + reason,
                    Native.ENGINE,
                    "one DJL per process, loaded once: a plugin with natives cannot be loaded again or twice",
                    "Restart the program, with DJL either in the plugin folder or on the class path, not both",
                    failure);
        }
        if (choice.folder().isPresent()) {
            return new UadException(
                    ErrorKind.RESOURCE,
                    "PyTorch's native library in " + choice.folder().get() + " cannot be loaded: " + reason,
                    Native.ENGINE,
                    "a complete PyTorch of the version that DJL wants, and a driver that fits it",
                    choice.action(),
                    failure);
        }
        return new UadException(
                ErrorKind.RESOURCE,
                "PyTorch's native library cannot be loaded: " + reason,
                Native.ENGINE,
                "the natives of this platform (" + System.getProperty("os.name") + ", " + System.getProperty("os.arch")
                        + ") on the class path or in PYTORCH_LIBRARY_PATH",
                "Run 'uad doctor'; build the distribution on the platform it is for, or set DJL_OFFLINE=false to let DJL"
                        + " download them",
                failure);
    }
}
