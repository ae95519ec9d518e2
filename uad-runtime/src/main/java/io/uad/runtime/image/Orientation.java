package io.uad.runtime.image;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.MetadataException;
import com.drew.metadata.exif.ExifIFD0Directory;
import io.uad.api.image.Image;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * How a camera was held: EXIF tag 274, 1 to 8 (Exif 2.3, section 4.6.4).
 *
 * @param swapped whether rows and columns are exchanged, after what follows
 * @param mirroredX whether the stored rows run from right to left
 * @param mirroredY whether the stored rows run from bottom to top
 */
record Orientation(boolean swapped, boolean mirroredX, boolean mirroredY) {
    static final Orientation UPRIGHT = new Orientation(false, false, false);

    /** A file's orientation; upright if it has none or none that can be read. */
    static Orientation of(byte[] file) {
        try {
            var metadata = ImageMetadataReader.readMetadata(new ByteArrayInputStream(file), file.length);
            for (var directory : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
                if (directory.containsTag(ExifIFD0Directory.TAG_ORIENTATION)) {
                    return of(directory.getInt(ExifIFD0Directory.TAG_ORIENTATION));
                }
            }
            return UPRIGHT;
        } catch (ImageProcessingException | MetadataException | IOException | RuntimeException e) {
            return UPRIGHT; // broken metadata are no reason to refuse the pixels
        }
    }

    private static Orientation of(int tag) {
        return switch (tag) {
            case 2 -> new Orientation(false, true, false);
            case 3 -> new Orientation(false, true, true);
            case 4 -> new Orientation(false, false, true);
            case 5 -> new Orientation(true, false, false);
            case 6 -> new Orientation(true, false, true);
            case 7 -> new Orientation(true, true, true);
            case 8 -> new Orientation(true, true, false);
            default -> UPRIGHT;
        };
    }

    /** Whether nothing is to be turned. */
    boolean isUpright() {
        return equals(UPRIGHT);
    }

    /** The image as it was meant to be seen. */
    Image apply(Image image) {
        if (isUpright()) {
            return image;
        }
        var width = swapped ? image.height() : image.width();
        var height = swapped ? image.width() : image.height();
        var from = image.rgb();
        var rgb = new byte[from.length];
        for (int y = 0, at = 0; y < height; y++) {
            for (var x = 0; x < width; x++, at += 3) {
                var column = swapped ? y : x;
                var row = swapped ? x : y;
                column = mirroredX ? image.width() - 1 - column : column;
                row = mirroredY ? image.height() - 1 - row : row;
                System.arraycopy(from, (row * image.width() + column) * 3, rgb, at, 3);
            }
        }
        return new Image(width, height, rgb);
    }
}
