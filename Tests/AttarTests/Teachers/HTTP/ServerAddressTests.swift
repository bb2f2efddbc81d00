import Attar
import Testing

struct ServerAddressTests {
    @Test(arguments: ["http://", "ftp://host/v1", "host/v1", "https://ho st/v1"])
    func `What is no address is refused`(_ text: String) {
        #expect(throws: AttarError.self) { try ServerAddress(text) }
    }

    @Test(arguments: [
        "https://me:pa55@host/v1", "https://pa55@host/v1", "https://host/v1?key=pa55",
        "https://host/v1?api_key=pa55&a=1",
        "https://host/v1?subscription-Token=pa55", "https://host/v1?x=1&sig=pa55",
    ])
    func `An address with a secret is refused, and the secret not repeated`(_ text: String) {
        let error = #expect(throws: AttarError.self) { try ServerAddress(text) }
        #expect(error?.description.contains("pa55") == false && error?.description.contains("ATTAR_API_KEY") == true)
    }

    @Test func `Other queries stay, and this machine is known`() throws {
        #expect(try ServerAddress("https://h/v1?api-version=2#x").text == "https://h/v1?api-version=2")
        for local in ["http://localhost:1/v1", "http://127.3.4.5/v1", "http://[::1]:80/v1"] {
            #expect(try ServerAddress(local).isLoopback)
        }
        for other in ["http://127.evil.com/v1", "http://10.0.0.1/v1", "http://localhost.evil.com"] {
            #expect(try !ServerAddress(other).isLoopback)
        }
    }

    private static func key(_ address: String, _ environment: [String: String], named name: String? = nil) throws
        -> Bool
    {
        try ServerKey(for: ServerAddress(address), named: name, in: environment) != nil
    }

    @Test func `A key goes only where it may`() throws {
        #expect(try Self.key("https://h/v1", ["ATTAR_API_KEY": "k"]))
        #expect(try Self.key("http://localhost/v1", ["ATTAR_API_KEY": "k"]))
        #expect(try !Self.key("https://h/v1", [:]))
        #expect(try Self.key("https://api.openai.com/v1", ["OPENAI_API_KEY": "k"]))
        #expect(try !Self.key("https://h/v1", ["OPENAI_API_KEY": "k"]), "a key to one server is not shown to another")
        #expect(try Self.key("https://h/v1", ["OPENAI_API_KEY": "k"], named: "OPENAI_API_KEY"))
        #expect(try !Self.key("http://h/v1", [:]))
        for (address, environment, name) in [
            ("http://h/v1", ["ATTAR_API_KEY": "pa55"], nil), ("https://h/v1", [:], "MY_KEY"),
            ("https://h/v1", ["ATTAR_API_KEY": "pa55\r\nX: y"], nil),
        ] as [(String, [String: String], String?)] {
            let error = #expect(throws: AttarError.self) { try Self.key(address, environment, named: name) }
            #expect(error?.description.contains("pa55") == false)
        }
    }

    @Test func `An address that does not say what the server is gets both ways shown`() {
        let error = #expect(throws: AttarError.self) {
            try HTTPTeacher.opened(
                "https://host/api", settings: TeacherSettings(), for: Dataset(source: "r", columns: []))
        }
        #expect(error?.remedy.contains("/v2/models/NAME") == true && error?.remedy.contains("/v1") == true)
    }
}
