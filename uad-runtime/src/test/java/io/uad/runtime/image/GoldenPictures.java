package io.uad.runtime.image;

import io.uad.testkit.golden.Golden;
import java.io.IOException;
import java.nio.file.Files;
import org.opentest4j.TestAbortedException;

/** The real pictures that golden values were made of; a test that needs one is skipped where it is absent. */
final class GoldenPictures {
    private GoldenPictures() {}

    static byte[] read(String file) throws IOException {
        var folder = Golden.images();
        if (folder == null) {
            throw new TestAbortedException("the golden pictures are not here");
        }
        var path = folder.resolve(file);
        if (!Files.isRegularFile(path)) {
            throw new TestAbortedException(path + " is not here");
        }
        return Files.readAllBytes(path);
    }
}
