package io.uad.plugin.engine.dl4j;

import io.uad.api.UadException;
import io.uad.plugin.engine.common.BundledNatives;
import io.uad.plugin.engine.common.Processor;
import io.uad.plugin.engine.common.ThreadCount;
import java.util.Map;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.common.config.ND4JSystemProperties;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Loads ND4J's natives, once per process. */
final class Library {
    /** {@code nd4j-native} of this version is what is bundled; the jar does not say it. */
    static final String NAME = "ND4J 1.0.0-M2.1 (Deeplearning4j)";

    /** The library's and the process's. */
    static final ThreadCount THREADS = new ThreadCount(Library::shareThreads);

    static final BundledNatives NATIVES = new BundledNatives(Native.ENGINE, "ND4J");

    /** What is read while classes load: no banner, and no limit of native memory, which is the heap's by default. */
    private static final Map<String, String> PROPERTIES = Map.of(
            ND4JSystemProperties.LOG_INITIALIZATION,
            "false",
            ND4JSystemProperties.JAVACPP_MEMORY_MAX_BYTES,
            "0",
            ND4JSystemProperties.JAVACPP_MEMORY_MAX_PHYSICAL_BYTES,
            "0");

    private static boolean isLoaded;

    private Library() {}

    /**
     * Makes sure that the library is there.
     *
     * @throws UadException of kind RESOURCE if it cannot be had on this machine
     */
    static synchronized void load() {
        if (isLoaded) {
            return;
        }
        requireInstructions(Processor.description());
        var loader = Library.class.getClassLoader();
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            NATIVES.load(PROPERTIES, () -> {
                ND4JClassLoading.setNd4jClassloader(loader); // finds its backend by it, whatever the thread's is
                Floats.allocate(1).close();
            });
            Nd4j.getMemoryManager().togglePeriodicGc(false); // arrays are closed, none waits for a collection
            isLoaded = true;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** How many threads an operation that this thread starts may use. OpenMP keeps that by thread. */
    static void useThreads(int count) {
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(count);
    }

    /** The threads that products outside of OpenMP and the library's own loops use. */
    static void shareThreads(int count) {
        var environment = Nd4j.getEnvironment();
        environment.setMaxThreads(count);
        environment.setMaxMasterThreads(count);
        Nd4j.factory().blas().setMaxThreads(count);
    }

    /** The natives would end the process where the processor lacks what they are compiled for. */
    static void requireInstructions(String processor) {
        if (Processor.lacks(processor, "avx2")) {
            throw UadException.resource(
                    "this processor has no AVX2",
                    Native.ENGINE,
                    "a processor with AVX2, which ND4J's natives are compiled for",
                    "Choose another engine, such as engine.plugin: djl");
        }
    }
}
