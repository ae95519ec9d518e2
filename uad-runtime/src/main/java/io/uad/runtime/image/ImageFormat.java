package io.uad.runtime.image;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/** The kinds of files that can be decoded, told by their first bytes, and who reads them. */
enum ImageFormat {
    JPEG("JPEG", "\u00ff\u00d8\u00ff", fromJdk("jpeg")),
    PNG("PNG", "\u0089PNG\r\n\u001a\n", fromJdk("png")),
    GIF("GIF", "GIF8", fromJdk("gif")),
    BMP("BMP", "BM", fromJdk("bmp")),
    WEBP("WebP", "RIFF", new WebPImageReaderSpi()),
    TIFF("TIFF", "II*\0", new TIFFImageReaderSpi()),
    TIFF_BIG_ENDIAN("TIFF", "MM\0*", new TIFFImageReaderSpi());

    private final String label;
    private final byte[] magic;
    private final ImageReaderSpi provider;

    ImageFormat(String label, String magic, ImageReaderSpi provider) {
        this.label = label;
        this.magic = magic.getBytes(StandardCharsets.ISO_8859_1);
        this.provider = provider;
    }

    static ImageFormat of(byte[] file) throws IOException {
        for (var format : values()) {
            var length = format.magic.length;
            if (file.length >= length && Arrays.equals(file, 0, length, format.magic, 0, length)) {
                return format;
            }
        }
        throw new IOException("no image: the file does not begin like JPEG, PNG, GIF, BMP, WebP or TIFF");
    }

    /** The name that people know it by. */
    String label() {
        return label;
    }

    /** A new reader, to be disposed of. */
    ImageReader reader() throws IOException {
        return provider.createReaderInstance();
    }

    /** The JDK's own reader, whatever else is on the class path and comes first there. */
    private static ImageReaderSpi fromJdk(String name) {
        var found = IIORegistry.getDefaultInstance()
                .getServiceProviders(
                        ImageReaderSpi.class,
                        spi -> spi instanceof ImageReaderSpi reader
                                && reader.getClass().getName().startsWith("com.sun.imageio.")
                                && Arrays.asList(reader.getFormatNames()).contains(name),
                        false);
        if (!found.hasNext()) {
            throw new IllegalStateException(
                    "this Java has no reader for " + name + ": module java.desktop is incomplete");
        }
        return found.next();
    }
}
