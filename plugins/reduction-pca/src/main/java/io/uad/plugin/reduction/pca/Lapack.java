package io.uad.plugin.reduction.pca;

import dev.ludovic.netlib.lapack.JavaLAPACK;
import java.util.logging.Level;
import java.util.logging.Logger;

/** LAPACK in Java. */
final class Lapack {
    /** Warns at the first use that there is no native one, which is not wanted. */
    private static final Logger SEARCH = Logger.getLogger("dev.ludovic.netlib.lapack.InstanceBuilder");

    static {
        SEARCH.setLevel(Level.SEVERE);
    }

    private Lapack() {}

    static JavaLAPACK get() {
        return JavaLAPACK.getInstance();
    }
}
