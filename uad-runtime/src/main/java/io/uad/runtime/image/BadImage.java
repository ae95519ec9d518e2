package io.uad.runtime.image;

import io.uad.api.dataset.Dataset;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/**
 * A sample that cannot be used.
 *
 * @param index in the dataset
 * @param path its name in the dataset
 * @param reason one sentence without a full stop
 */
public record BadImage(int index, String path, String reason) {
    static BadImage of(Dataset dataset, int index, IOException failure) {
        return new BadImage(index, dataset.sample(index).path(), reason(failure));
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "the file is gone";
        }
        if (e instanceof AccessDeniedException) {
            return "the file may not be read";
        }
        var message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
