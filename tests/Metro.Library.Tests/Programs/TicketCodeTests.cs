using Metro.Library.Programs;

namespace Metro.Library.Tests.Programs;

public sealed class TicketCodeTests
{
    [Fact]
    public void A_ticket_is_read_however_it_is_typed()
    {
        var code = TicketCode.New();

        Assert.Equal(code, TicketCode.Normalise(TicketCode.Display(code).ToLowerInvariant()));
        Assert.Equal(code, TicketCode.Normalise($" {code[..2]} {code[2..]} "));
    }

    [Fact]
    public void One_wrong_character_is_always_noticed()
    {
        var code = TicketCode.New();
        for (var place = 0; place < code.Length; place++)
        {
            foreach (var other in "23456789ABCDEFGHJKMNPQRSTUVWXYZ".Where(c => c != code[place]))
                Assert.Null(TicketCode.Normalise(code[..place] + other + code[(place + 1)..]));
        }
    }

    [Fact]
    public void Two_swapped_characters_are_always_noticed()
    {
        for (var round = 0; round < 200; round++)
        {
            var code = TicketCode.New();
            for (var one = 0; one < code.Length; one++)
            {
                for (var other = one + 1; other < code.Length; other++)
                {
                    if (code[one] == code[other]) continue;
                    var swapped = code.ToCharArray();
                    (swapped[one], swapped[other]) = (swapped[other], swapped[one]);
                    Assert.Null(TicketCode.Normalise(new string(swapped)));
                }
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("🎟️🎟️🎟️🎟️")]
    [InlineData("0000-0000")]
    public void What_is_no_ticket_is_not_looked_up(string? text) => Assert.Null(TicketCode.Normalise(text));
}
