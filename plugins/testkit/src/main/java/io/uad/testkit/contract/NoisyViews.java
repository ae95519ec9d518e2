package io.uad.testkit.contract;

import io.uad.api.Seed;
import io.uad.api.image.Image;
import io.uad.api.image.ImageBatch;
import io.uad.api.image.Normalization;
import io.uad.api.image.View;
import java.util.ArrayList;
import java.util.Random;

/** Batches of noisy images of several sizes, with views of every kind. */
final class NoisyViews {
    private NoisyViews() {}

    /** Eight images; the first one's view changes nothing. */
    static ImageBatch batch(long number, int side) {
        var random = new Random(new Seed(number).derive("views").value());
        var images = new ArrayList<Image>();
        var views = new ArrayList<View>();
        images.add(image(random, side, side));
        views.add(View.whole(side));
        while (images.size() < 8) {
            var image = image(random, 1 + random.nextInt(5 * side), 1 + random.nextInt(5 * side));
            images.add(image);
            views.add(view(random, image, side));
        }
        return new ImageBatch(images, views, Normalization.IMAGENET);
    }

    /** Images {@code first} to {@code last - 1}. */
    static ImageBatch part(ImageBatch batch, int first, int last) {
        return new ImageBatch(
                batch.images().subList(first, last), batch.views().subList(first, last), batch.normalization());
    }

    private static Image image(Random random, int width, int height) {
        var rgb = new byte[width * height * 3];
        random.nextBytes(rgb);
        return new Image(width, height, rgb);
    }

    private static View view(Random random, Image image, int side) {
        var width = 1 + random.nextInt(image.width());
        var height = 1 + random.nextInt(image.height());
        var resizedWidth = side + random.nextInt(side);
        var resizedHeight = side + random.nextInt(side);
        return new View(
                random.nextInt(image.width() - width + 1),
                random.nextInt(image.height() - height + 1),
                width,
                height,
                resizedWidth,
                resizedHeight,
                random.nextBoolean(),
                random.nextInt(resizedWidth - side + 1),
                random.nextInt(resizedHeight - side + 1),
                side);
    }
}
