package io.uad.plugin.dataset.imagefolder;

import io.uad.api.Options;
import io.uad.api.dataset.Dataset;
import io.uad.api.dataset.DatasetProvider;
import java.nio.file.Path;

/** Registers {@code image-folder}. */
public final class ImageFolderProvider implements DatasetProvider {
    @Override
    public String name() {
        return "image-folder";
    }

    @Override
    public String description() {
        return "The image files below a folder, labelled by its sub-folders if it has any";
    }

    @Override
    public Class<ImageFolderOptions> optionsType() {
        return ImageFolderOptions.class;
    }

    @Override
    public Dataset create(Options options) {
        return ImageFolder.open(Path.of(options.as(ImageFolderOptions.class).path()));
    }
}
