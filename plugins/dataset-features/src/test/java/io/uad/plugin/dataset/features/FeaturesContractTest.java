package io.uad.plugin.dataset.features;

import io.uad.api.Options;
import io.uad.api.dataset.DatasetProvider;
import io.uad.testkit.contract.DatasetContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FeaturesContractTest extends DatasetContract {
    @TempDir
    Path folder;

    @BeforeEach
    void writeThreeRowsWithTheirLabels() throws IOException {
        Npy.write(folder.resolve("rows.npy"), "<f4", "(3, 2)", 1, 2, 3, 4, 5, 6);
        Files.writeString(folder.resolve("rows.labels.txt"), "0\n1\n1\n");
    }

    @Override
    protected DatasetProvider provider() {
        return new FeaturesProvider();
    }

    @Override
    protected Options options() {
        return Options.of(new FeaturesOptions(folder.resolve("rows.npy").toString(), "auto", false));
    }
}
