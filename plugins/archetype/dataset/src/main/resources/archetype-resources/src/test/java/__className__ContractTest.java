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
        write("one.png", 0xFF8000);
        write("two.png", 0x0080FF);
        Files.writeString(folder.resolve("images.txt"), "one.png\tcat\ntwo.png\tdog\n");
    }

    private static void write(String name, int colour) throws IOException {
        var image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        image.setRGB(3, 1, colour);
        ImageIO.write(image, "png", folder.resolve(name).toFile());
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
