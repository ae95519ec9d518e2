package io.uad.cli;

import io.uad.api.Progress;
import io.uad.runtime.Mebibytes;
import java.util.function.Consumer;

/** Says from time to time how many bytes are done: at each tenth of a known total, else at each 256 MiB. */
final class ByteProgress implements Progress {
    private static final long PART = 256L << 20;
    private static final int TENTHS = 10;

    private final Consumer<String> says;
    private final Runnable check;
    private long last;

    /**
     * @param says prints a line
     * @param check throws when the work is to stop
     */
    ByteProgress(Consumer<String> says, Runnable check) {
        this.says = says;
        this.check = check;
    }

    @Override
    public void update(long done, long total) {
        check.run();
        var reached = total > 0 ? done * TENTHS / total : done / PART;
        if (reached > last) {
            says.accept(total > 0 ? Mebibytes.of(done) + " of " + Mebibytes.of(total) : Mebibytes.of(done));
        }
        last = reached;
    }
}
