package io.uad.plugin.listener.console;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBarConsumer;

/** The last line of a terminal, written again and again. */
final class BottomLine implements ProgressBarConsumer {
    /** Back to the first column, and erase to the end of the line (ECMA-48). */
    static final String ERASE = "\r\u001b[K";

    // Not asked from the terminal: that would load a native library. All but the oddest are at least 80 wide.
    private static final int WIDTH = 78;

    private final PrintStream out;

    BottomLine(PrintStream out) {
        this.out = out;
    }

    @Override
    public int getMaxRenderedLength() {
        return WIDTH;
    }

    @Override
    public void accept(String rendered) {
        out.print(ERASE + rendered);
        out.flush();
    }

    @Override
    public void clear() {
        out.print(ERASE);
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }
}
