package io.uad.plugin.dataset.packed;

import io.uad.api.Options;
import io.uad.api.dataset.DatasetProvider;
import io.uad.testkit.contract.DatasetContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class PackedContractTest extends DatasetContract {
    @TempDir
    Path folder;

    @BeforeEach
    void packThreeImages() throws IOException {
        Packs.write(folder.resolve("three.uadpack"));
    }

    @Override
    protected DatasetProvider provider() {
        return new PackedProvider();
    }

    @Override
    protected Options options() {
        return Options.of(new PackedOptions(folder.resolve("three.uadpack").toString(), PackedOptions.Check.ORIGINAL));
    }
}
