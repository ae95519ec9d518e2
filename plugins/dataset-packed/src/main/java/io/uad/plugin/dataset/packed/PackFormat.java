package io.uad.plugin.dataset.packed;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The bytes of a packed file, version 1. Numbers are little endian, texts UTF-8, checksums CRC-32C.
 *
 * <pre>
 * header       8  magic
 *              8  version
 * images          one after the other: rows of red, green and blue bytes, or a whole encoded file
 * index           an {@link Entry} per image, then one per image of the original that was left out
 *                 the names of all, one after the other
 *                 the {@link Description}
 * footer       8  where the index begins
 *              8  its length
 *              8  the length of the names
 *              4  number of images
 *              4  number of images left out
 *              4  checksum of the index
 *              4  checksum of the footer up to here
 *              8  magic
 * </pre>
 *
 * <p>The footer comes last, so a file that was cut short has none.
 */
final class PackFormat {
    static final long VERSION = 1;
    static final int HEADER_BYTES = 16;
    static final int FOOTER_BYTES = 48;
    static final int ENTRY_BYTES = 56;

    /** Where the version stands in the header. */
    static final int VERSION_AT = 8;

    /** The last byte is no text, so that whoever changes line ends or strips the eighth bit is noticed. */
    private static final byte[] MAGIC = {'U', 'A', 'D', 'P', 'A', 'C', 'K', (byte) 0x9A};

    private PackFormat() {}

    /**
     * What the index says of an image.
     *
     * @param offset where its bytes begin in the file
     * @param length how many there are; 0 for one that was left out
     * @param width in pixels; 0 if the bytes are an encoded file
     * @param height in pixels; 0 likewise
     * @param label its class, -1 for none
     * @param checksum of its bytes
     * @param nameOffset where its name begins among the names
     * @param nameLength in bytes
     * @param original of the file that it is a copy of
     */
    record Entry(
            long offset,
            int length,
            int width,
            int height,
            int label,
            int checksum,
            long nameOffset,
            int nameLength,
            Original original) {
        static Entry read(ByteBuffer from) {
            var offset = from.getLong();
            var nameOffset = from.getLong();
            var originalLength = from.getLong();
            var length = from.getInt();
            var width = from.getInt();
            var height = from.getInt();
            var label = from.getInt();
            var checksum = from.getInt();
            var nameLength = from.getInt();
            var original = new Original(originalLength, from.getInt());
            from.getInt();
            return new Entry(offset, length, width, height, label, checksum, nameOffset, nameLength, original);
        }

        byte[] bytes() {
            return little(ENTRY_BYTES)
                    .putLong(offset)
                    .putLong(nameOffset)
                    .putLong(original.length())
                    .putInt(length)
                    .putInt(width)
                    .putInt(height)
                    .putInt(label)
                    .putInt(checksum)
                    .putInt(nameLength)
                    .putInt(original.tail())
                    .putInt(0)
                    .array();
        }
    }

    /**
     * The end of a file, which says where everything is.
     *
     * @param indexOffset where the index begins
     * @param indexLength in bytes
     * @param namesLength in bytes
     * @param images how many there are
     * @param leftOut how many of the original were left out
     * @param indexChecksum of the index
     */
    record Footer(long indexOffset, long indexLength, long namesLength, int images, int leftOut, int indexChecksum) {
        private static final int CHECKED_BYTES = 36;

        byte[] bytes() {
            var bytes = new byte[FOOTER_BYTES];
            var to = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            to.putLong(indexOffset)
                    .putLong(indexLength)
                    .putLong(namesLength)
                    .putInt(images)
                    .putInt(leftOut)
                    .putInt(indexChecksum);
            to.putInt(checksum(bytes, CHECKED_BYTES)).put(MAGIC);
            return bytes;
        }

        /** Whether these bytes are those of a footer, as they were written. */
        static boolean isWhole(byte[] bytes) {
            var from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            return startsWithMagic(from.slice(FOOTER_BYTES - MAGIC.length, MAGIC.length))
                    && from.getInt(CHECKED_BYTES) == checksum(bytes, CHECKED_BYTES);
        }

        static Footer read(ByteBuffer from) {
            return new Footer(
                    from.getLong(), from.getLong(), from.getLong(), from.getInt(), from.getInt(), from.getInt());
        }

        /** Where the names begin. */
        long namesOffset() {
            return indexOffset + ENTRY_BYTES * ((long) images + leftOut);
        }

        /** Where the description begins. */
        long descriptionOffset() {
            return namesOffset() + namesLength;
        }

        /** Whether index and footer end where the file does, and nothing has a length below 0. */
        boolean fits(long fileBytes) {
            return images > 0
                    && leftOut >= 0
                    && namesLength >= 0
                    && indexOffset >= HEADER_BYTES
                    && descriptionOffset() <= indexOffset + indexLength
                    && indexOffset + indexLength == fileBytes - FOOTER_BYTES;
        }
    }

    static byte[] header() {
        return little(HEADER_BYTES).put(MAGIC).putLong(VERSION).array();
    }

    static boolean startsWithMagic(ByteBuffer bytes) {
        return bytes.remaining() >= MAGIC.length
                && bytes.slice(bytes.position(), MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
    }

    static int checksum(byte[] bytes, int length) {
        var crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
