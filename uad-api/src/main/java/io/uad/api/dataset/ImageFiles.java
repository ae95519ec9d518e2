package io.uad.api.dataset;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The image files below a folder, in name order: what every dataset that looks for such files, or compares itself with them,
 * takes for its samples.
 *
 * @param images by path, segment by segment; segments are compared by code unit, as equal on every platform and locale
 * @param others how many files are no images by their name; hidden files and folders (a dot in front) do not count
 * @since 0.1
 */
public record ImageFiles(List<ImageFile> images, int others) {
    /** What the names of image files end in, in small letters or capitals, after a dot. */
    public static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "png", "bmp", "gif", "webp", "tif", "tiff");

    /** Keeps a copy. */
    public ImageFiles {
        images = List.copyOf(images);
    }

    /**
     * An image file.
     *
     * @param path below the folder, with {@code /} between its segments
     * @param length in bytes
     */
    public record ImageFile(String path, long length) {}

    /**
     * Looks into a folder and those in it; links are followed.
     *
     * @throws IOException if a folder cannot be listed
     */
    public static ImageFiles below(Path root) throws IOException {
        var visitor = new Visitor(root);
        Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
        visitor.images.sort((one, other) -> compare(one.path(), other.path()));
        return new ImageFiles(visitor.images, visitor.others);
    }

    /** By code unit, the separator below every other: that compares segment by segment, without cutting the paths up. */
    static int compare(String one, String other) {
        var common = Math.min(one.length(), other.length());
        for (var i = 0; i < common; i++) {
            var a = one.charAt(i);
            var b = other.charAt(i);
            if (a != b) {
                return a == '/' ? -1 : b == '/' ? 1 : a - b;
            }
        }
        return one.length() - other.length();
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<ImageFile> images = new ArrayList<>();
        private int others;

        Visitor(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return !folder.equals(root) && isHidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!isHidden(file)) {
                // A link to nowhere stays a sample, so that it is reported when it is read.
                if (isImage(file) && (attributes.isRegularFile() || attributes.isSymbolicLink())) {
                    images.add(new ImageFile(name(file), attributes.size()));
                } else {
                    others++;
                }
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof FileSystemLoopException) { // a link to a folder that it lies in
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        private String name(Path file) {
            var segments = new ArrayList<String>();
            root.relativize(file).forEach(segment -> segments.add(segment.toString()));
            return String.join("/", segments);
        }

        private static boolean isHidden(Path file) {
            return file.getFileName().toString().startsWith(".");
        }

        private static boolean isImage(Path file) {
            var name = file.getFileName().toString();
            var dot = name.lastIndexOf('.');
            return dot > 0 && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
        }
    }
}
