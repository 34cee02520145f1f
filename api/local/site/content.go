package site

import (
	"encoding/json"
	"fmt"
)

// story is one entry of the news, and the page behind it.
type story struct {
	Rank     int      `json:"-"` // from 1
	Title    string   `json:"title"`
	Points   int      `json:"points"`
	Author   string   `json:"author"`
	Comments int      `json:"comments"`
	Age      string   `json:"age"`
	Text     []string `json:"text"` // paragraphs
}

// stories reads the news. It is part of the program, so an error in it is a
// mistake of the program's.
func stories() []story {
	data, err := files.ReadFile("news.json")
	if err != nil {
		panic(fmt.Sprintf("failed to open the embedded news: %v", err))
	}
	var all []story
	if err := json.Unmarshal(data, &all); err != nil {
		panic(fmt.Sprintf("failed to read the embedded news: %v", err))
	}
	for i := range all {
		all[i].Rank = i + 1
	}
	return all
}

// standing is one row of the league table.
type standing struct {
	Rank             int
	Team             string
	Won, Drawn, Lost int
	Goals            string // for:against
}

// Played is the number of matches so far.
func (s standing) Played() int { return s.Won + s.Drawn + s.Lost }

// Points are three for a win and one for a draw.
func (s standing) Points() int { return 3*s.Won + s.Drawn }

func league() []standing {
	table := []standing{
		{Team: "Harbour Rovers", Won: 16, Drawn: 4, Lost: 2, Goals: "48:17"},
		{Team: "Upper Mill United", Won: 15, Drawn: 4, Lost: 3, Goals: "44:19"},
		{Team: "Saltmarsh Wanderers", Won: 13, Drawn: 6, Lost: 3, Goals: "39:20"},
		{Team: "Larkfield Town", Won: 12, Drawn: 4, Lost: 6, Goals: "36:25"},
		{Team: "Old Quarry FC", Won: 10, Drawn: 6, Lost: 6, Goals: "33:27"},
		{Team: "Bellweather Athletic", Won: 9, Drawn: 6, Lost: 7, Goals: "30:28"},
		{Team: "Fernhollow", Won: 8, Drawn: 5, Lost: 9, Goals: "27:29"},
		{Team: "River Ferry Albion", Won: 7, Drawn: 5, Lost: 10, Goals: "26:33"},
		{Team: "Copperbridge", Won: 6, Drawn: 5, Lost: 11, Goals: "22:32"},
		{Team: "North Pier Celtic", Won: 4, Drawn: 6, Lost: 12, Goals: "19:36"},
		{Team: "Thistledown Rangers", Won: 3, Drawn: 4, Lost: 15, Goals: "15:40"},
		{Team: "Lower Mill United", Won: 1, Drawn: 1, Lost: 20, Goals: "10:43"},
	}
	for i := range table {
		table[i].Rank = i + 1
	}
	return table
}
