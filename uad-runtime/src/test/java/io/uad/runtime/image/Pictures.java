package io.uad.runtime.image;

import io.uad.api.Seed;
import io.uad.api.dataset.Content;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetSummary;
import io.uad.api.dataset.Sample;
import io.uad.api.image.Image;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Pictures of noise; some can be broken, all can be held back or fail. */
final class Pictures implements Dataset {
    static final int WIDTH = 13;
    static final int HEIGHT = 10;
    static final int COUNT = 23;

    final AtomicInteger reads = new AtomicInteger();
    volatile Set<Integer> broken = Set.of();
    volatile int gone = -1;
    volatile CountDownLatch gate = new CountDownLatch(0);
    volatile @Nullable RuntimeException failure;

    @Override
    public DatasetSummary summary() {
        return new DatasetSummary("folder", List.of(), 0, "none");
    }

    @Override
    public int size() {
        return COUNT;
    }

    @Override
    public Sample sample(int index) {
        return new Sample("folder/" + index + ".png", -1);
    }

    @Override
    public Content read(int index) throws IOException {
        reads.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
        if (failure != null) {
            throw failure;
        }
        if (index == gone) {
            throw new NoSuchFileException("folder/" + index + ".png");
        }
        if (broken.contains(index)) {
            return new Content.Encoded("broken".getBytes(StandardCharsets.UTF_8));
        }
        var rgb = new byte[WIDTH * HEIGHT * 3];
        for (var i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) new Seed(index).bits(i);
        }
        return new Content.Decoded(new Image(WIDTH, HEIGHT, rgb));
    }
}
