package io.uad.runtime.image;

import io.uad.api.image.Image;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Makes JPEG files by the JDK's writer. */
final class JpegEncoder {
    private static final int LONGEST_SIDE = 65_535;

    private JpegEncoder() {}

    /**
     * @param quality 1 to 100
     * @throws IOException if a side is longer than a JPEG file can say
     */
    static byte[] encode(Image image, int quality) throws IOException {
        if (Math.max(image.width(), image.height()) > LONGEST_SIDE) {
            throw new IOException(
                    "a side of " + Math.max(image.width(), image.height()) + " pixels, more than a JPEG file can have");
        }
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            var parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality / 100f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture(image), null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static BufferedImage picture(Image image) {
        var picture = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
        var to = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
        var from = image.rgb();
        for (var at = 0; at < to.length; at += 3) {
            to[at] = from[at + 2];
            to[at + 1] = from[at + 1];
            to[at + 2] = from[at];
        }
        return picture;
    }
}
