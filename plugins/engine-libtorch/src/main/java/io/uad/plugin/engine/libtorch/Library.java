package io.uad.plugin.engine.libtorch;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.api.engine.NativeLibraries;
import io.uad.plugin.engine.common.LibraryFailures;
import io.uad.plugin.engine.common.Processor;
import io.uad.plugin.engine.common.ThreadCount;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/** Loads PyTorch's natives, once per process. */
final class Library {
    /** PyTorch of this version is what is bundled; the jar does not say it. */
    static final String NAME = "PyTorch 2.13.0 (JavaCPP)";

    /** The library's and the process's. */
    static final ThreadCount THREADS = new ThreadCount(Library::useThreads);

    /**
     * What JavaCPP reads while its classes load. It otherwise warns of OpenBLAS, which is made by another version of it and
     * works, and lets native memory grow to a multiple of Java's heap only.
     */
    private static final Map<String, String> PROPERTIES = Map.of(
            "org.bytedeco.javacpp.logger",
            "slf4j",
            "org.bytedeco.javacpp.maxbytes",
            "0",
            "org.bytedeco.javacpp.maxphysicalbytes",
            "0");

    private static boolean isLoaded;

    private Library() {}

    /**
     * Makes sure that the library is there.
     *
     * @throws UadException of kind RESOURCE if it cannot be had on this machine or in this process
     */
    static synchronized void load() {
        if (isLoaded) {
            return;
        }
        requireInstructions(Processor.description());
        NativeLibraries.claim("libtorch", Native.ENGINE);
        var set = PROPERTIES.keySet().stream()
                .filter(property -> System.getProperty(property) == null)
                .toList();
        set.forEach(property -> System.setProperty(property, PROPERTIES.get(property)));
        try {
            Loader.load(torch.class);
            torch.globalContext().setUserEnabledNNPACK(false); // it fits few processors, and warns on others
            isLoaded = true;
        } catch (RuntimeException | LinkageError e) {
            throw failed(e);
        } finally {
            set.forEach(System::clearProperty);
        }
    }

    private static void useThreads(int count) {
        torch.set_num_threads(count);
        openblas_nolapack.blas_set_num_threads(count);
    }

    /** The natives would end the process where the processor lacks what they are compiled for. */
    static void requireInstructions(String processor) {
        if (Processor.lacks(processor, "avx")) {
            throw UadException.resource(
                    "this processor has no AVX",
                    Native.ENGINE,
                    "a processor with AVX, better AVX2 or AVX-512",
                    "Use another machine");
        }
    }

    /** Whether products of bfloat16 are the processor's, not imitated by the library and then slower than float32. */
    static boolean multipliesBfloat16(String processor) {
        return Processor.has(processor, "avx512_bf16") || Processor.has(processor, "amx_bf16");
    }

    static UadException failed(Throwable failure) {
        var reason = LibraryFailures.reason(failure);
        if (reason.toLowerCase(Locale.ROOT).contains("already loaded in another classloader")) {
            return new UadException(
                    ErrorKind.RESOURCE,
                    "PyTorch's native library is in use by another copy of this engine in this process: " + reason,
                    Native.ENGINE,
                    "one copy per process, loaded once: a plugin with natives cannot be loaded again or twice",
                    "Restart the program, with the engine either in the plugin folder or on the class path, not both",
                    failure);
        }
        return new UadException(
                ErrorKind.RESOURCE,
                "PyTorch's native library cannot be loaded: " + reason,
                Native.ENGINE,
                "the natives of this platform (" + System.getProperty("os.name") + ", " + System.getProperty("os.arch")
                        + ") beside the plugin, and a folder "
                        + System.getProperty("org.bytedeco.javacpp.cachedir", "~/.javacpp")
                        + " that can be written",
                "Build the plugin on the platform it is for, or choose another engine, such as engine.plugin: djl",
                failure);
    }
}
