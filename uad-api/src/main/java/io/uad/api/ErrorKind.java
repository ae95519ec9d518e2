package io.uad.api;

/**
 * Who must act on an error. Each kind has its own exit code of the command line.
 *
 * @since 0.1
 */
public enum ErrorKind {
    /** The configuration or a flag is wrong; its author must act. */
    CONFIG(2),
    /** The images, the features or a checkpoint are wrong or missing. */
    DATA(3),
    /** A plugin is broken, incompatible or breaks its contract. */
    PLUGIN(4),
    /** The machine lacks something: device, natives, memory, disk, permission. */
    RESOURCE(5),
    /** A defect of UAD. */
    INTERNAL(1);

    private final int exitCode;

    ErrorKind(int exitCode) {
        this.exitCode = exitCode;
    }

    /** The exit status of a process that ends with an error of this kind. */
    public int exitCode() {
        return exitCode;
    }
}
