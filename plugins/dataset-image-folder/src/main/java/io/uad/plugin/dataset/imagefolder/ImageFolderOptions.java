package io.uad.plugin.dataset.imagefolder;

import io.uad.api.Option;

/** {@code dataset: {plugin: image-folder, path: data/train}}. */
public record ImageFolderOptions(
        @Option(
                description =
                        "folder with images, flat, nested or one folder per class; links to other folders are followed")
        String path) {}
