package io.uad.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Writes the baseline that later versions of the API are compared with: its class files with neither code nor private
 * members, in a jar that is the same for the same API.
 */
public final class BaselineRecorder {
    private static final LocalDateTime ALWAYS = LocalDateTime.of(2026, 1, 1, 0, 0);

    private BaselineRecorder() {}

    /** {@code classes-folder jar}. */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]), Path.of(arguments[1]));
    }

    /** @param classes a folder of class files, in the folders of their packages */
    static void write(Path classes, Path jar) throws IOException {
        Files.createDirectories(jar.toAbsolutePath().getParent());
        try (var files = Files.walk(classes);
                var out = new ZipOutputStream(Files.newOutputStream(jar))) {
            files.filter(file -> file.toString().endsWith(".class")).sorted().forEach(file -> {
                var name = classes.relativize(file).toString().replace('\\', '/');
                try {
                    var entry = new ZipEntry(name);
                    entry.setTimeLocal(ALWAYS);
                    out.putNextEntry(entry);
                    out.write(outline(Files.readAllBytes(file)));
                    out.closeEntry();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** A class file without code and without what nobody outside can name. */
    static byte[] outline(byte[] classFile) {
        var writer = new ClassWriter(0);
        var visible = new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public @Nullable FieldVisitor visitField(
                    int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
                return isHidden(access) && !name.equals("serialVersionUID")
                        ? null
                        : super.visitField(access, name, descriptor, signature, value);
            }

            @Override
            public @Nullable MethodVisitor visitMethod(
                    int access,
                    String name,
                    String descriptor,
                    @Nullable String signature,
                    String @Nullable [] exceptions) {
                return isHidden(access) ? null : super.visitMethod(access, name, descriptor, signature, exceptions);
            }
        };
        new ClassReader(classFile).accept(visible, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
        return writer.toByteArray();
    }

    private static boolean isHidden(int access) {
        return (access & (Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC)) != 0;
    }
}
