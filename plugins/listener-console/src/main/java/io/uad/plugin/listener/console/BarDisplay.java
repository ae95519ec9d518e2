package io.uad.plugin.listener.console;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** For terminals: one bar at the bottom, which goes when its stage ends; sentences scroll away above it. */
final class BarDisplay implements Display {
    private static final int UPDATE_MILLIS = 250;

    private final PrintStream out;
    private @Nullable ProgressBar bar;
    private BottomLine bottom;

    BarDisplay(PrintStream out) {
        this.out = out;
        this.bottom = new BottomLine(out);
    }

    @Override
    public void line(String sentence) {
        out.print(BottomLine.ERASE + sentence + System.lineSeparator()); // one call: the bar draws from its own thread
        out.flush();
    }

    @Override
    public void progress(String stage, long done, long total, String detail) {
        var shown = bar;
        if (shown == null) {
            bottom = new BottomLine(out);
            shown = new ProgressBarBuilder()
                    .setTaskName(stage)
                    .setInitialMax(total > 0 ? total : -1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(UPDATE_MILLIS)
                    .setConsumer(bottom)
                    .clearDisplayOnFinish()
                    .build();
            bar = shown;
        }
        if (total > 0) {
            shown.maxHint(total);
        }
        shown.setExtraMessage(detail);
        shown.stepTo(done);
    }

    @Override
    public void stageEnded() {
        var shown = bar;
        bar = null;
        if (shown != null) {
            shown.close();
            bottom.clear(); // the bar's own thread may not have come to it yet
        }
    }

    @Override
    public void close() {
        stageEnded();
        out.flush();
    }
}
