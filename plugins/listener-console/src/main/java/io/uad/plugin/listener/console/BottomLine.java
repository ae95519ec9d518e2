package io.uad.plugin.listener.console;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * The last line of a terminal, written again and again by one bar. Once it is cleared nothing is written any more: the bar
 * draws from a thread of its own, which may be late.
 */
final class BottomLine implements ProgressBarConsumer {
    /** Back to the first column, and erase to the end of the line (ECMA-48). */
    static final String ERASE = "\r\u001b[K";

    // Not asked from the terminal: that would load a native library. All but the oddest are at least 80 wide.
    private static final int WIDTH = 78;

    private final PrintStream out;
    private boolean cleared;

    BottomLine(PrintStream out) {
        this.out = out;
    }

    @Override
    public int getMaxRenderedLength() {
        return WIDTH;
    }

    @Override
    public synchronized void accept(String rendered) {
        if (!cleared) {
            out.print(ERASE + rendered);
            out.flush();
        }
    }

    @Override
    public synchronized void clear() {
        if (!cleared) {
            cleared = true;
            out.print(ERASE);
            out.flush();
        }
    }

    @Override
    public void close() {
        out.flush();
    }
}
