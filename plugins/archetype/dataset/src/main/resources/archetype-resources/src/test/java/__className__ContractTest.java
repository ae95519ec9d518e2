package ${package};

import io.uad.api.Options;
import io.uad.api.dataset.DatasetProvider;
import io.uad.testkit.contract.DatasetContract;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class ${className}ContractTest extends DatasetContract {
    @TempDir
    static Path folder;

    @BeforeAll
    static void writeTwoImages() throws IOException {
        for (var name : new String[] {"one.png", "two.png"}) {
            var image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
            image.setRGB(name.length() % 4, 1, 0xFF8000);
            ImageIO.write(image, "png", folder.resolve(name).toFile());
        }
        Files.writeString(folder.resolve("images.txt"), "one.png\tcat\ntwo.png\tdog\n");
    }

    @Override
    protected DatasetProvider provider() {
        return new ${className}Provider();
    }

    @Override
    protected Options options() {
        return Options.of(new ${className}Options(folder.resolve("images.txt").toString()));
    }
}
