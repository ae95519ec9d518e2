package io.uad.runtime.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A JPEG file without what does not concern its pixels.
 *
 * <p>ImageIO applies colour profiles, stumbles over broken metadata and guesses the colours of unmarked files in its own
 * way. So all application segments and comments are taken out, and one goes in that states what libjpeg would have found:
 * JFIF (gray, YCbCr) or Adobe (RGB, CMYK, YCCK). Whatever follows the first picture is cut off.
 *
 * @param stream from SOI to EOI
 * @param width in pixels
 * @param height in pixels
 * @param colors what the components mean
 * @param usual whether it is coded as every decoder knows it: sequential or progressive, by Huffman codes
 */
record JpegFile(byte[] stream, int width, int height, Colors colors, boolean usual) {
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int APP0 = 0xE0;
    private static final int APP14 = 0xEE;
    private static final int APP15 = 0xEF;
    private static final int COM = 0xFE;
    private static final int UNKNOWN = -1;

    enum Colors {
        GRAY,
        YCBCR,
        RGB,
        CMYK,
        YCCK
    }

    /** @throws IOException if there is no frame, it is not of 8 bits or does not end */
    static JpegFile of(byte[] file) throws IOException {
        return new Parser(file).parse();
    }

    private static final class Parser {
        private final byte[] file;
        private final ByteArrayOutputStream kept;
        private int at = 2;
        private int width;
        private int height;
        private int[] components = {};
        private boolean usual;
        private boolean jfif;
        private int adobe = UNKNOWN;

        Parser(byte[] file) {
            this.file = file;
            this.kept = new ByteArrayOutputStream(file.length);
        }

        JpegFile parse() throws IOException {
            var marker = nextMarker();
            for (; marker != SOS; marker = nextMarker()) {
                if (marker == EOI) {
                    throw new IOException("JPEG data without a picture");
                }
                if (marker != SOI) {
                    segment(marker);
                }
            }
            if (components.length == 0) {
                throw new IOException("JPEG data without a frame header");
            }
            var scans = at - 2;
            skipScans();
            var colors = colors();
            var stream = new ByteArrayOutputStream(kept.size() + at - scans + 20);
            stream.write(0xFF);
            stream.write(SOI);
            stream.writeBytes(colorSegment(colors));
            kept.writeTo(stream);
            stream.write(file, scans, at - scans);
            return new JpegFile(stream.toByteArray(), width, height, colors, usual);
        }

        private void segment(int marker) throws IOException {
            var length = segmentLength();
            if (marker == APP0) {
                jfif |= begins("JFIF\0", length);
            } else if (marker == APP14 && length >= 14 && begins("Adobe", length)) {
                adobe = file[at + 13] & 0xFF;
            } else if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
                usual = marker <= 0xC2;
                frame(length);
            }
            if ((marker < APP0 || marker > APP15) && marker != COM) {
                kept.write(0xFF);
                kept.write(marker);
                kept.write(file, at, length);
            }
            at += length;
        }

        private void frame(int length) throws IOException {
            if (length < 8 || length < 8 + 3 * (file[at + 7] & 0xFF)) {
                throw new IOException("JPEG data with a broken frame header");
            }
            if (file[at + 2] != 8) {
                throw new IOException("JPEG data of " + file[at + 2] + " bits per sample instead of 8");
            }
            height = word(at + 3);
            width = word(at + 5);
            components = new int[file[at + 7] & 0xFF];
            for (var i = 0; i < components.length; i++) {
                components[i] = file[at + 8 + 3 * i] & 0xFF;
            }
        }

        /** libjpeg's rules (its function default_decompress_parms). */
        private Colors colors() throws IOException {
            return switch (components.length) {
                case 1 -> Colors.GRAY;
                case 3 -> {
                    var named = components[0] == 'R' && components[1] == 'G' && components[2] == 'B';
                    yield !jfif && (adobe == UNKNOWN ? named : adobe == 0) ? Colors.RGB : Colors.YCBCR;
                }
                case 4 -> adobe == UNKNOWN || adobe == 0 ? Colors.CMYK : Colors.YCCK;
                default -> throw new IOException("JPEG data of " + components.length + " components");
            };
        }

        private static byte[] colorSegment(Colors colors) {
            var adobe = "ffee000e" + "41646f6265" + "0064" + "00000000"; // length, name, version, flags
            return HexFormat.of()
                    .parseHex(
                            switch (colors) {
                                case GRAY, YCBCR ->
                                    "ffe00010" + "4a46494600" + "0101" + "0000010001"
                                            + "0000"; // no density, no thumbnail
                                case RGB, CMYK -> adobe + "00";
                                case YCCK -> adobe + "02";
                            });
        }

        /** Moves behind the first EOI that belongs to the picture. */
        private void skipScans() throws IOException {
            at += segmentLength();
            while (true) {
                while (at < file.length && file[at] != (byte) 0xFF) { // entropy-coded data
                    at++;
                }
                var marker = nextMarker();
                if (marker == EOI) {
                    return;
                }
                if (marker < 0xD0 || marker > 0xD8) { // restart markers and SOI stand alone
                    at += segmentLength();
                }
            }
        }

        /** The next marker's code; a zero after 0xFF makes it data. */
        private int nextMarker() throws IOException {
            while (at + 1 < file.length) {
                var code = file[at + 1] & 0xFF;
                if (file[at] == (byte) 0xFF && code != 0xFF && code > 1) {
                    at += 2;
                    return code;
                }
                at++;
            }
            throw new IOException("JPEG data cut short");
        }

        private int segmentLength() throws IOException {
            if (at + 2 > file.length || at + word(at) > file.length) {
                throw new IOException("JPEG data cut short");
            }
            if (word(at) < 2) {
                throw new IOException("JPEG data with a broken segment");
            }
            return word(at);
        }

        private boolean begins(String text, int length) {
            var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            return length >= 2 + bytes.length
                    && Arrays.equals(file, at + 2, at + 2 + bytes.length, bytes, 0, bytes.length);
        }

        private int word(int from) {
            return ((file[from] & 0xFF) << 8) | (file[from + 1] & 0xFF);
        }
    }
}
