package io.uad.runtime.image;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps decoded images up to a number of bytes. Nothing is evicted: every epoch uses each image about once, so those that
 * came first serve as well as any others. Of an image that is decoded at several sizes the first one is kept.
 */
final class ImageCache {
    private final ConcurrentHashMap<Integer, DecodedImage> images = new ConcurrentHashMap<>();
    private final AtomicLong free;

    ImageCache(long bytes) {
        free = new AtomicLong(bytes);
    }

    @Nullable
    DecodedImage find(int index) {
        return images.get(index);
    }

    void offer(int index, DecodedImage image) {
        var size = image.image().rgb().length;
        if (free.addAndGet(-size) < 0 || images.putIfAbsent(index, image) != null) {
            free.addAndGet(size);
        }
    }
}
