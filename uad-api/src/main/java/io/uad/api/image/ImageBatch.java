package io.uad.api.image;

import io.uad.api.Batch;
import io.uad.api.TensorShape;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Square views of images, as bytes, with what turns them into floats.
 *
 * <p>The runtime's workers have already applied the views, and each image is {@code side x side}; {@link #writeTo} normalises
 * them. Only an engine with {@link io.uad.api.engine.Capability#VIEWS} gets images of which the views are yet to be taken, and
 * does all of it on its device, by {@link FilterTaps}.
 *
 * @since 0.1
 */
public final class ImageBatch implements Batch {
    private final List<Image> images;
    private final List<View> views;
    private final Normalization normalization;
    private final int side;

    /**
     * @param images B images
     * @param views one per image, all of the same side
     * @throws IllegalArgumentException if there are no images, not as many views, views of several sides, or one that leaves
     *     its image
     */
    public ImageBatch(List<Image> images, List<View> views, Normalization normalization) {
        if (images.isEmpty() || images.size() != views.size()) {
            throw new IllegalArgumentException(images.size() + " images with " + views.size() + " views");
        }
        this.images = List.copyOf(images);
        this.views = List.copyOf(views);
        this.normalization = normalization;
        this.side = views.get(0).side();
        if (views.stream().anyMatch(view -> view.side() != side)) {
            throw new IllegalArgumentException("all views of a batch must have one side");
        }
        for (var i = 0; i < images.size(); i++) {
            views.get(i).requireWithin(images.get(i), 1);
        }
    }

    /** B images, to which {@link #views()} are yet to be applied. */
    public List<Image> images() {
        return images;
    }

    /** One per image. */
    public List<View> views() {
        return views;
    }

    /** What turns bytes into floats. */
    public Normalization normalization() {
        return normalization;
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public TensorShape shape() {
        return TensorShape.image(side);
    }

    @Override
    public void writeTo(FloatBuffer target) {
        var plane = side * side;
        var row = new float[plane];
        for (var i = 0; i < images.size(); i++) {
            var rgb = Resampler.apply(images.get(i), views.get(i)).rgb();
            for (var channel = 0; channel < 3; channel++) {
                var table = normalization.table(channel);
                for (int at = 0, from = channel; at < plane; at++, from += 3) {
                    row[at] = table[rgb[from] & 0xFF];
                }
                target.put(row);
            }
        }
    }
}
