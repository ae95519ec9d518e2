package io.uad.runtime.image;

import io.uad.api.image.Image;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps decoded images up to a number of bytes. Nothing is evicted: every epoch uses each image about once, so those that
 * came first serve as well as any others.
 */
final class ImageCache {
    private final ConcurrentHashMap<Integer, Image> images = new ConcurrentHashMap<>();
    private final AtomicLong free;

    ImageCache(long bytes) {
        free = new AtomicLong(bytes);
    }

    @Nullable
    Image find(int index) {
        return images.get(index);
    }

    void offer(int index, Image image) {
        var size = image.rgb().length;
        if (free.addAndGet(-size) < 0 || images.putIfAbsent(index, image) != null) {
            free.addAndGet(size);
        }
    }
}
