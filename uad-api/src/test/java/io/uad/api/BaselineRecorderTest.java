package io.uad.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class BaselineRecorderTest {
    @TempDir
    Path folder;

    /** What is kept and what is not. */
    static class Sample {
        private final int hidden = 1;

        public int shown() {
            return own();
        }

        protected int inherited() {
            return hidden;
        }

        private int own() {
            return inherited();
        }
    }

    @Test
    void methodsThatOthersSeeStayWithoutTheirCode() throws IOException {
        var seen = new ArrayList<String>();
        new ClassReader(BaselineRecorder.outline(sample()))
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String signature, String[] exceptions) {
                                seen.add(name);
                                return new MethodVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visitCode() {
                                        seen.add("code of " + name);
                                    }
                                };
                            }
                        },
                        0);
        assertEquals(List.of("<init>", "shown", "inherited"), seen);
    }

    @Test
    void equalClassesGiveEqualJars() throws IOException {
        var classes = Files.createDirectories(folder.resolve("classes/io"));
        Files.write(classes.resolve("Sample.class"), sample());
        Files.writeString(classes.resolve("notes.txt"), "no class");
        var one = folder.resolve("new/one.jar");
        var other = folder.resolve("other.jar");
        BaselineRecorder.write(folder.resolve("classes"), one);
        BaselineRecorder.write(folder.resolve("classes"), other);
        assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(other));
        try (var jar = new ZipFile(one.toFile())) {
            assertEquals(
                    List.of("io/Sample.class"),
                    jar.stream().map(Object::toString).toList());
        }
    }

    private static byte[] sample() throws IOException {
        try (var in = Sample.class.getResourceAsStream("BaselineRecorderTest$Sample.class")) {
            return in.readAllBytes();
        }
    }
}
