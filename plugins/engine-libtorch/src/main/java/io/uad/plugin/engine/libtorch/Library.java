package io.uad.plugin.engine.libtorch;

import io.uad.api.UadException;
import io.uad.api.engine.NativeLibraries;
import io.uad.plugin.engine.common.BundledNatives;
import io.uad.plugin.engine.common.Processor;
import io.uad.plugin.engine.common.ThreadCount;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.Float32Backend;
import org.bytedeco.pytorch.global.torch.Float32Op;
import org.bytedeco.pytorch.global.torch.Float32Precision;

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

    private static final BundledNatives NATIVES = new BundledNatives(Native.ENGINE, "PyTorch");

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
        NATIVES.load(PROPERTIES, () -> {
            Loader.load(torch.class);
            torch.globalContext().setUserEnabledNNPACK(false); // it fits few processors, and warns on others
        });
        isLoaded = true;
    }

    /** Lets GPUs leave out bits of float32 products from now on, or not; by itself the library does in convolutions. */
    static void allowTf32(boolean allowed) {
        var products = allowed ? Float32Precision.TF32 : Float32Precision.IEEE;
        torch.globalContext().setFloat32Precision(Float32Backend.CUDA, Float32Op.MATMUL, products);
        torch.globalContext().setFloat32Precision(Float32Backend.CUDA, Float32Op.CONV, products);
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
}
