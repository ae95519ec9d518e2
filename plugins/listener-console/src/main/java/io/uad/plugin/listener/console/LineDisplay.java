package io.uad.plugin.listener.console;

import java.io.PrintStream;
import java.util.function.LongSupplier;

/** For files and pipes: a line now and then while a stage goes on. */
final class LineDisplay implements Display {
    private final PrintStream out;
    private final long intervalNanos;
    private final LongSupplier nanoTime;
    private long lastNanos;

    /** @param nanoTime a clock like {@link System#nanoTime()} */
    LineDisplay(PrintStream out, double everySeconds, LongSupplier nanoTime) {
        this.out = out;
        this.intervalNanos = (long) (everySeconds * 1e9);
        this.nanoTime = nanoTime;
        lastNanos = nanoTime.getAsLong();
    }

    @Override
    public void line(String sentence) {
        out.println(sentence);
        lastNanos = nanoTime.getAsLong();
    }

    @Override
    public void progress(String stage, long done, long total, String detail) {
        if (nanoTime.getAsLong() - lastNanos >= intervalNanos) {
            var share = total > 0 ? " of " + total + " (" + 100 * done / total + " %)" : "";
            line(stage + ": " + done + share + (detail.isEmpty() ? "" : ", " + detail));
        }
    }

    @Override
    public void stageEnded() {
        // a line stays as it is
    }

    @Override
    public void close() {
        out.flush();
    }
}
