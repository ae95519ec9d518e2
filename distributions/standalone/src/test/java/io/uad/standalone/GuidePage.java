package io.uad.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/** A page of the guide and the code in it. */
record GuidePage(String name, String text) {
    private static final Path FOLDER = Path.of("../../plugins/guide");
    private static final Pattern BLOCK = Pattern.compile("(?s)```(\\w*)\n(.*?\n)```\n");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern TYPE =
            Pattern.compile("(?m)^(?:public )?(?:final )?(?:class|record|interface|enum) (\\w+)");

    static GuidePage read(String name) throws IOException {
        return new GuidePage(name, Files.readString(FOLDER.resolve(name)));
    }

    /** The names of all pages. */
    static List<String> names() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** The blocks of a language; {@code ""} for those without one. */
    List<String> blocks(String language) {
        var blocks = new ArrayList<String>();
        for (var block = BLOCK.matcher(text); block.find(); ) {
            if (block.group(1).equals(language)) {
                blocks.add(block.group(2));
            }
        }
        return blocks;
    }

    /** The code within the text that begins so. */
    String inline(String beginning) {
        var code = Pattern.compile("`(" + Pattern.quote(beginning) + "[^`]*)`").matcher(text);
        assertTrue(code.find(), beginning);
        return code.group(1);
    }

    /** Where a compiler wants to have a whole file. */
    static String fileOf(String block) {
        if (block.startsWith("module ")) {
            return "module-info.java";
        }
        var inPackage = PACKAGE.matcher(block);
        var type = TYPE.matcher(block);
        assertEquals(List.of(true, true), List.of(inPackage.find(), type.find()), block);
        return inPackage.group(1).replace('.', '/') + "/" + type.group(1) + ".java";
    }

    /** Compiles the Java files below a folder and fails with what the compiler says, warnings included. */
    static void compile(Path sources, Path classes, List<Path> jars, boolean asModules) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var said = new StringWriter();
        var path = jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        var arguments = new ArrayList<>(List.of("--release", "17", "-Xlint:all,-processing,-missing-explicit-ctor"));
        arguments.addAll(List.of("-proc:none", "-d", classes.toString()));
        arguments.addAll(List.of(asModules ? "--module-path" : "-cp", path));
        try (var manager = compiler.getStandardFileManager(null, null, null);
                var files = Files.walk(sources)) {
            var units = manager.getJavaFileObjectsFromPaths(
                    files.filter(file -> file.toString().endsWith(".java")).toList());
            compiler.getTask(said, manager, null, arguments, null, units).call();
        }
        assertEquals("", said.toString());
    }
}
