/** Finds the images below a folder. */
module io.uad.plugin.dataset.imagefolder {
    requires io.uad.api;
    requires static org.jspecify;

    exports io.uad.plugin.dataset.imagefolder;

    provides io.uad.api.dataset.DatasetProvider with
            io.uad.plugin.dataset.imagefolder.ImageFolderProvider;
}
