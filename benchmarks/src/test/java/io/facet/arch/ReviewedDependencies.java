package io.facet.arch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * What the build declares, and what of it somebody has looked up the known advisories of.
 *
 * @param home the root of the repository
 */
record ReviewedDependencies(Path home) {
    static final String LIST = ".ci/reviewed-dependencies.tsv";

    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");
    private static final List<String> NPM = List.of("dependencies", "devDependencies");

    /** A line of the list. */
    record Review(String version, LocalDate date, String known) {}

    /** The list, by name: {@code group:artifact}, or {@code npm:package}. */
    Map<String, Review> reviewed() throws IOException {
        Map<String, Review> reviews = new TreeMap<>();
        for (String line : Files.readAllLines(home.resolve(LIST))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] cells = line.split("\t", -1);
                if (cells.length != 4 || cells[3].isBlank()) {
                    throw new IllegalArgumentException("not four cells: " + line);
                }
                Review review = new Review(cells[1], LocalDate.parse(cells[2]), cells[3]);
                if (reviews.put(cells[0], review) != null) {
                    throw new IllegalArgumentException("twice: " + cells[0]);
                }
            }
        }
        return reviews;
    }

    /** Name to version of everything the root pom manages and every package.json asks for. */
    Map<String, String> declared() throws Exception {
        Map<String, String> declared = new TreeMap<>(managed());
        for (Path folder : List.of(Path.of("hub/src/main/web"), Path.of("hub/src/test/web"))) {
            JsonNode json =
                    JsonMapper.builder()
                            .build()
                            .readTree(home.resolve(folder).resolve("package.json").toFile());
            for (String kind : NPM) {
                json.path(kind)
                        .properties()
                        .forEach(e -> declared.put("npm:" + e.getKey(), e.getValue().asText()));
            }
        }
        return declared;
    }

    private Map<String, String> managed() throws Exception {
        Document pom =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(home.resolve("pom.xml").toFile());
        Map<String, String> properties = new TreeMap<>();
        children(child(pom.getDocumentElement(), "properties"))
                .forEach(e -> properties.put(e.getTagName(), e.getTextContent().strip()));
        Element list =
                child(child(pom.getDocumentElement(), "dependencyManagement"), "dependencies");
        Map<String, String> managed = new TreeMap<>();
        for (Element dependency : children(list)) {
            String group = text(dependency, "groupId", properties);
            if (!group.equals("io.facet")) {
                managed.put(
                        group + ":" + text(dependency, "artifactId", properties),
                        text(dependency, "version", properties));
            }
        }
        return managed;
    }

    private static String text(Element of, String name, Map<String, String> properties) {
        Matcher matcher = PROPERTY.matcher(child(of, name).getTextContent().strip());
        return matcher.replaceAll(found ->
                Matcher.quoteReplacement(properties.getOrDefault(found.group(1), found.group())));
    }

    private static Element child(Element of, String name) {
        return children(of).stream()
                .filter(e -> e.getTagName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(of.getTagName() + "/" + name));
    }

    private static List<Element> children(Element of) {
        List<Element> elements = new ArrayList<>();
        NodeList nodes = of.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            Node node = nodes.item(i);
            if (node instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }
}
